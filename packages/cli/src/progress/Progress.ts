// How a run is shown while it goes. Two ways: `plainProgress` in a pipe, `liveProgress` on a terminal.
import type { RunEvent } from '@radiograft/runner'

export interface Progress {
  readonly observe: (event: RunEvent) => void
  /** a line of the command's own, such as that it stops */
  readonly say: (line: string) => void
  /** leaves the terminal as it should be; harmless twice */
  readonly close: () => void
}
