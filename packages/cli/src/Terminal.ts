// Where a command writes. `main` makes one of the process; tests make one that remembers.
import type { Paint } from './text/paint.ts'
import { paintFor } from './text/paint.ts'

export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** true where lines can be drawn again in place */
  readonly live: boolean
  readonly columns: () => number
  readonly paint: Paint
}

/** NO_COLOR turns colours off, FORCE_COLOR on; a pipe and TERM=dumb get plain lines. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process
  const live = stdout.isTTY && env['TERM'] !== 'dumb' && !env['CI']
  const colour = !env['NO_COLOR'] && (env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : live)
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    live,
    columns: () => stdout.columns || 100,
    paint: paintFor(colour),
  }
}
