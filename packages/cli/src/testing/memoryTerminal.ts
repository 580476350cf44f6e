// A terminal that remembers what was written to it.
import type { Terminal } from '../Terminal.ts'
import { paintFor } from '../text/paint.ts'

export interface MemoryTerminal extends Terminal {
  /** all that was written to stdout so far */
  readonly text: () => string
  readonly errors: () => string
  /** what was written since the last call */
  readonly news: () => string
}

export const memoryTerminal = ({
  live = false,
  colour = false,
  columns = 100,
  rows = 30,
}: {
  readonly live?: boolean
  readonly colour?: boolean
  readonly columns?: number
  readonly rows?: number
} = {}): MemoryTerminal => {
  let out = ''
  let err = ''
  let told = 0
  return {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    live,
    columns: () => columns,
    rows: () => rows,
    paint: paintFor(colour),
    text: () => out,
    errors: () => err,
    news: () => {
      const since = out.slice(told)
      told = out.length
      return since
    },
  }
}
