// Where a command writes. `main` makes one of the process; tests make one that remembers.
import type { Paint } from './text/paint.ts'
import { paintFor } from './text/paint.ts'

export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** true where lines can be drawn again in place */
  readonly live: boolean
  /** of the window as it is now */
  readonly columns: () => number
  readonly rows: () => number
  readonly paint: Paint
}

type Environment = Readonly<Record<string, string | undefined>>

/** What a person asked for: Nx gives `FORCE_COLOR=true` to every task, into a pipe too, which is nobody's wish. */
const wishForColour = ({ NO_COLOR, FORCE_COLOR, NX_TASK_TARGET_PROJECT }: Environment): boolean | undefined => {
  if (NO_COLOR) return false
  if (!FORCE_COLOR || (FORCE_COLOR === 'true' && NX_TASK_TARGET_PROJECT !== undefined)) return undefined
  return FORCE_COLOR !== '0'
}

/** Live lines and colours on a terminal; NO_COLOR turns colours off, FORCE_COLOR on; TERM=dumb and CI get plain lines. */
export const terminalModes = (
  isTerminal: boolean,
  env: Environment,
): { readonly live: boolean; readonly colour: boolean } => {
  const live = isTerminal && env['TERM'] !== 'dumb' && !env['CI']
  return { live, colour: wishForColour(env) ?? live }
}

export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process
  const { live, colour } = terminalModes(stdout.isTTY, env)
  // Node keeps the size until it has handled the signal that the window changed; a frame written before that leaves lines behind.
  const fresh = (): typeof stdout => {
    ;(stdout as { _refreshSize?: () => void })._refreshSize?.()
    return stdout
  }
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    live,
    columns: () => fresh().columns || 100,
    rows: () => fresh().rows || 30,
    paint: paintFor(colour),
  }
}
