// What the runner writes into every checkpoint beside what the stage keeps: who had computed it, in which parts, for how long.
// A manifest of a resumed stage, and the plan's word on what is left, are made from it.
import type { ComputedPart } from '@radiograft/artefact-store'
import type { Json } from '@radiograft/checkpoints'
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'

export interface Account {
  /** in order; the last is the one that wrote the checkpoint */
  readonly parts: ReadonlyArray<ComputedPart>
  /** that all parts took up to this step, what was done twice counted once */
  readonly seconds: number
  /** steps in all, as the stage's progress has it; null where it told none */
  readonly total: number | null
  /** of all its work in [0, 1], as the stage's progress has it; null where it told none */
  readonly share: number | null
  /** last value of each metric up to this step */
  readonly metrics: Readonly<Record<string, number>>
}

/** Bumped when an account or its place changes: older checkpoints are then not taken up. */
const format = 1

interface Kept {
  readonly format: typeof format
  readonly account: Json
  readonly stage: Json
}

/** What a checkpoint's state holds. */
export const withAccount = (stage: Json, account: Account): Json =>
  // NaN and the infinities, which metrics may be, as JSON can say them
  ({ format, account: JSON.parse(canonicalJson(account)) as Json, stage }) satisfies Kept

/** Undefined for a state that this version did not write. */
export const accountOf = (state: Json): { readonly account: Account; readonly stage: Json } | undefined => {
  const kept = state as Partial<Kept> | null
  if (typeof kept !== 'object' || kept?.format !== format || kept.account === undefined || kept.stage === undefined)
    return undefined
  const account = parseCanonicalJson(canonicalJson(kept.account)) as Account
  // an earlier version kept none
  return { account: { ...account, share: account.share ?? null }, stage: kept.stage }
}
