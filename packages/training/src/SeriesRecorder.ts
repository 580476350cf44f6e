// The loop's record: means of each log over windows of steps, and the checks' values at their step. A log is averaged over
// the steps that have it: where two networks train in turn, not every step has all.

/** One value of one series. `step` counts completed steps. */
export type SeriesRow = { readonly step: number; readonly name: string; readonly value: number }

/** The window that is not closed yet: what a checkpoint holds of it, so that its mean comes out the same. */
export type OpenWindow = {
  readonly sums: ReadonlyArray<readonly [name: string, sum: number, steps: number]>
  readonly last: number
}

export interface SeriesRecorder {
  /** Adds one step's logs; closes a window when `step` is a multiple of `every`. Returns the closed window's means. */
  add(step: number, logs: Readonly<Record<string, number>>): Readonly<Record<string, number>> | undefined
  /** Adds values as they are, each under `prefix.`. */
  put(step: number, values: Readonly<Record<string, number>>, prefix: string): void
  /** Closes what is open. */
  close(): void
  readonly rows: readonly SeriesRow[]
  readonly open: () => OpenWindow
}

/** @param from what an earlier recorder had, to go on with @default nothing */
export const seriesRecorder = (
  every: number,
  from?: { readonly rows: readonly SeriesRow[]; readonly open: OpenWindow },
): SeriesRecorder => {
  const rows: SeriesRow[] = [...(from?.rows ?? [])]
  let sums = new Map(from?.open.sums.map(([name, sum, steps]) => [name, { sum, steps }]))
  let last = from?.open.last ?? 0
  const flush = (): Record<string, number> => {
    const means = Object.fromEntries(Array.from(sums, ([name, { sum, steps }]) => [name, sum / steps]))
    for (const [name, value] of Object.entries(means)) rows.push({ step: last, name, value })
    sums = new Map()
    return means
  }
  return {
    rows,
    open: () => ({ sums: Array.from(sums, ([name, { sum, steps }]) => [name, sum, steps] as const), last }),
    add: (step, logs) => {
      for (const [name, value] of Object.entries(logs)) {
        const { sum, steps } = sums.get(name) ?? { sum: 0, steps: 0 }
        sums.set(name, { sum: sum + value, steps: steps + 1 })
      }
      last = step
      return step % every === 0 ? flush() : undefined
    },
    put: (step, values, prefix) => {
      for (const [name, value] of Object.entries(values)) rows.push({ step, name: `${prefix}.${name}`, value })
    },
    close: () => {
      if (sums.size > 0) flush()
    },
  }
}
