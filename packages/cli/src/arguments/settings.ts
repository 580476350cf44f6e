// `--set name=value`, any number of times, as a record; the last one of a name counts.
import { UsageError } from '../UsageError.ts'

/** Throws `UsageError` where there is no `=`. Names are checked against the pipeline when it is resolved. */
export const settings = (given: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at < 1)
        throw new UsageError(
          `--set '${text}': expected <parameter>=<value>, <stage>.<parameter>=<value> or <axis>=<value>, such as --set size=256.`,
        )
      return [text.slice(0, at).trim(), text.slice(at + 1)]
    }),
  )
