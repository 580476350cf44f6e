// How a plan is executed.
import type { ResourceClass } from '@radiograft/pipeline'

export interface ExecuteOptions {
  /** how many stages of a class run at a time. @default { compute: 1, light: 2, io: 2 } */
  readonly slots?: Partial<Record<ResourceClass, number>>
  /** run entries in this process, for debugging and tests. @default false */
  readonly inProcess?: boolean
  /** compute these labels and nothing else: fails with `InputsMissingError` where another would be needed. @default all */
  readonly only?: ReadonlySet<string>
  /** compute those of `only` even if they are kept, commit nothing, and say what came out. @default false */
  readonly again?: boolean
  /** wait for a debugger before each entry is called; `tell` is given its address */
  readonly inspect?: { readonly tell: (label: string, url: string) => void }
  /** the command line, kept in run.json */
  readonly command?: ReadonlyArray<string>
  /** milliseconds from SIGTERM to SIGKILL, begun anew when a stage saves a checkpoint. @default 30000 */
  readonly grace?: number
}
