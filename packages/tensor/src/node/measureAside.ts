// A measurement in a process of its own, so that this one stays free of TensorFlow. Used by `measurePrecision` and
// `measureKernels`.
import { fileURLToPath } from 'node:url'
import { inheritedOptions } from './inheritedOptions.ts'
import { runCommand } from './runCommand.ts'

/**
 * @param name of the program beside this file, without `.bin`
 * @param execArgv options of Node. @default those of this process that a program beside it can have
 * @returns what it printed as JSON, nothing where it did not end well or that is none; and why
 */
export const measureAside = async (
  name: string,
  args: ReadonlyArray<string>,
  execArgv: ReadonlyArray<string> = inheritedOptions(process.execArgv),
): Promise<{ readonly printed?: unknown; readonly why: string }> => {
  const script = `./${name}.bin.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout, stderr } = await runCommand(process.execPath, [...execArgv, path, ...args])
  const why = stderr.trim() || `it ended with ${status}`
  if (status !== 0) return { why }
  try {
    return { printed: JSON.parse(stdout) as unknown, why }
  } catch {
    return { why }
  }
}
