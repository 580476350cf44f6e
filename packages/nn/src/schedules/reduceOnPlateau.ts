// torch's `ReduceLROnPlateau` (mode min, relative threshold) as a pure function of its state, which a checkpoint can hold.

export type PlateauState = {
  readonly lr: number
  readonly best: number
  readonly badChecks: number
  readonly rest: number
}

export type PlateauOptions = {
  /** @default .1 (G18: .2) */
  readonly factor?: number
  /** Checks without improvement that are borne. @default 10 (G18: 4) */
  readonly patience?: number
  /** An improvement is below best · (1 - threshold). @default 1e-4 */
  readonly threshold?: number
  /** Checks after a reduction that do not count. @default 0 */
  readonly cooldown?: number
  /** @default 0 */
  readonly minLr?: number
}

export const plateauInit = (lr: number): PlateauState => ({ lr, best: Infinity, badChecks: 0, rest: 0 })

/** The state after one check of `value` (a validation loss). */
export const reduceOnPlateau = (state: PlateauState, value: number, options: PlateauOptions = {}): PlateauState => {
  const { factor = 0.1, patience = 10, threshold = 1e-4, cooldown = 0, minLr = 0 } = options
  const better = value < state.best * (1 - threshold)
  const best = better ? value : state.best
  const rest = Math.max(0, state.rest - 1)
  const badChecks = state.rest > 0 || better ? 0 : state.badChecks + 1
  if (badChecks <= patience) return { lr: state.lr, best, badChecks, rest }
  const lower = Math.max(state.lr * factor, minLr)
  return { lr: state.lr - lower > 1e-8 ? lower : state.lr, best, badChecks: 0, rest: cooldown }
}
