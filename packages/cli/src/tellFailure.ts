// Tells an error on the terminal and answers the exit code: `main` for every command, and `run` before it waits for a server.
import { describeFailure } from './describeFailure.ts'
import type { Circumstances } from './describeFailure.ts'
import type { Terminal } from './Terminal.ts'

export const tellFailure = (error: unknown, circumstances: Circumstances, { err, paint }: Terminal): number => {
  const { code, text } = describeFailure(error, circumstances)
  // a reader that is gone wants no more
  if (circumstances.signal !== 'SIGPIPE') err(`${code > 128 ? text : `${paint.red('error:')} ${text}`}\n`)
  return code
}
