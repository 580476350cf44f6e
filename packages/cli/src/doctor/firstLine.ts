// A program asked for its version, for `radiograft doctor`.
import { execFile } from 'node:child_process'

/** First line of what a program prints, or undefined when there is none. */
export const firstLine = (program: string, args: ReadonlyArray<string>): Promise<string | undefined> =>
  new Promise((answer) =>
    execFile(program, args, { timeout: 10_000 }, (error, stdout, stderr) =>
      answer(error ? undefined : ((stdout || stderr).split('\n')[0] ?? '').trim()),
    ),
  )
