// Parameters by which `compare-arms` and `compare-coco` say which arm and training seed each wired artefact belongs to.
import { Schema } from 'effect'
import { param } from '@radiograft/pipeline'
import { BETWEEN } from '../comparisonRows.ts'
import { MetricError } from '../MetricError.ts'

/** Parameters of both stages. `names`, `seeds` and the wired artefacts go together, one by one. */
export const armParams = {
  names: param(Schema.Array(Schema.String), {
    default: [],
    doc: 'the arm of each wired artefact; equal names with equal seeds are folds of one arm',
  }),
  seeds: param(Schema.Array(Schema.Int), {
    default: [],
    doc: 'the training seed of each wired artefact; empty: one seed. Several of one arm are resampled with the patients',
  }),
  contrasts: param(Schema.Array(Schema.String), {
    default: [],
    doc: 'paired differences to take, as `a − b`; those with a missing arm are left out, arms with other seeds are refused',
  }),
  resamples: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100_000 })), {
    default: 2000,
    doc: 'bootstrap resamples over patients',
  }),
}

/** @throws MetricError when there is not one name, or not one seed, an artefact */
export const partsAndContrasts = (
  {
    names,
    seeds,
    contrasts,
  }: { names: ReadonlyArray<string>; seeds: ReadonlyArray<number>; contrasts: ReadonlyArray<string> },
  artefacts: number,
): {
  readonly parts: ReadonlyArray<{ readonly arm: string; readonly seed: number }>
  readonly contrasts: ReadonlyArray<readonly [string, string]>
} => {
  if (names.length !== artefacts)
    throw new MetricError('names', `${names.length} names for ${artefacts} arms: give one each`)
  if (seeds.length !== 0 && seeds.length !== artefacts)
    throw new MetricError('seeds', `${seeds.length} seeds for ${artefacts} arms: give one each, or none`)
  return {
    parts: names.map((arm, i) => ({ arm, seed: seeds[i] ?? 0 })),
    contrasts: contrasts
      .map((text) => text.split(BETWEEN))
      .filter((pair): pair is [string, string] => pair.length === 2 && pair.every((name) => names.includes(name))),
  }
}
