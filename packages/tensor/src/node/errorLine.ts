// The one line of a program's output that tells why it failed. Used where a compiler, a probe or a measurement did.

/** The first line that `pattern` finds, else the last one; empty where nothing was said. */
export const errorLine = (said: string, pattern: RegExp): string => {
  const lines = said.trim().split('\n')
  return lines.find((line) => pattern.test(line)) ?? lines.at(-1) ?? ''
}
