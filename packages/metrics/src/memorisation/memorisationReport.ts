/**
 * The memorisation report (P10): each sample with its nearest training and its nearest held-out film, the distributions of both,
 * which samples are near copies, and whether the set copies. One report a feature space (pixels,
 * features of a network); `blockedOnExport` joins them.
 */
import { aucScore } from '../aucScore.ts'
import { betaBinomialTail } from '../betaBinomialTail.ts'
import { MetricError } from '../MetricError.ts'
import type { CopyExcess } from './copyExcess.ts'
import { assertSameSamples, type Distances } from './Distances.ts'
import { nearCopies } from './nearCopies.ts'
import type { TrainingLean } from './trainingLean.ts'

export interface SampleNeighbours {
  readonly id: string
  readonly training: { readonly id: string; readonly distance: number }
  readonly heldOut: { readonly id: string; readonly distance: number }
  /** `nearCopies` */
  readonly p: number
  readonly nearCopy: boolean
}

export interface MemorisationReport {
  /** in the order given */
  readonly samples: ReadonlyArray<SampleNeighbours>
  /** rising */
  readonly distributions: {
    readonly samplesToTraining: Float64Array
    readonly samplesToHeldOut: Float64Array
    readonly heldOutToTraining: Float64Array
  }
  /** nearer to a training film than this is a near copy */
  readonly threshold: number
  /** share of samples that are near copies; an honest generator has `rate` of them at most */
  readonly share: number
  /**
   * Share of (sample, held-out film) pairs in which the sample is nearer to training, ties a half: .5 for films of unseen
   * patients, 1 for copies, below .5 for samples that look like no film; above .5 too for films near the mean of all, which copy none
   */
  readonly closer: number
  /**
   * Mann and Whitney's U of these pairs in standard errors, with ties: Meehan, Chaudhuri and Dasgupta's statistic of data copying, over
   * the whole space, with all films taken as independent. Films of one patient are not: halves of real held-out patients give it a
   * standard deviation of 2 to 4 where patients have many films, so nothing is concluded from it.
   */
  readonly z: number
  /**
   * More films copy than chance explains, or the set as a whole leans to training: either's p at most half of `level`. Null where that cannot be
   * told: near copies are more than `rate` explains (beta-binomial), but of so few patients, or of so many who train, that no p could be so low
   */
  readonly memorised: boolean | null
}

export interface MemorisationOptions {
  /** the share of honest samples that may be called near copies @default 0.01 */
  readonly rate?: number
  /** of `memorised`, halved for its two tests @default 0.01 */
  readonly level?: number
}

/**
 * Held-out films are of patients who are not in training, and as training films are otherwise: same source, same preparation.
 * @param copies `copyExcess`, and @param lean `trainingLean`, of the same films
 * @throws MetricError when samples differ between the searches, a held-out film is its own neighbour in training, or as
 * `nearCopies` does
 */
export const memorisationReport = (
  { samplesToTraining, samplesToHeldOut, heldOutToTraining }: Distances,
  { copies, lean }: { readonly copies: Pick<CopyExcess, 'p' | 'least'>; readonly lean: Pick<TrainingLean, 'p'> },
  { rate = 0.01, level = 0.01 }: MemorisationOptions = {},
): MemorisationReport => {
  const { ids } = samplesToTraining
  assertSameSamples(samplesToTraining, samplesToHeldOut)
  const leaked = heldOutToTraining.ids.filter((id, i) => id === heldOutToTraining.nearest[i])
  if (leaked.length > 0)
    throw new MetricError('heldOutToTraining', `${leaked.length} held-out films are in training, such as ${leaked[0]}`)
  const [sample, real] = [samplesToTraining.distances, heldOutToTraining.distances]
  const { p, near, threshold, rank } = nearCopies(sample, real, rate)
  const count = near.filter(Boolean).length
  // all share one threshold, which is itself a matter of chance
  const manyNear = betaBinomialTail(count, ids.length, rank, real.length + 1 - rank)
  const each = (level / 2) * (1 + 1e-12) // a p of one deal in 1,000 is a thousandth, rounded either way
  const found = copies.p <= each || lean.p <= each
  const farther = aucScore(
    [...sample, ...real],
    Array.from({ length: sample.length + real.length }, (_, i) => i < sample.length),
  )
  const z = ((farther - 0.5) * sample.length * real.length) / standardError(sample, real)
  return {
    samples: ids.map((id, i) => ({
      id,
      training: { id: samplesToTraining.nearest[i]!, distance: sample[i]! },
      heldOut: { id: samplesToHeldOut.nearest[i]!, distance: samplesToHeldOut.distances[i]! },
      p: p[i]!,
      nearCopy: near[i]!,
    })),
    distributions: {
      samplesToTraining: sample.toSorted(),
      samplesToHeldOut: samplesToHeldOut.distances.toSorted(),
      heldOutToTraining: real.toSorted(),
    },
    threshold,
    share: count / ids.length,
    closer: 1 - farther,
    z,
    memorised: found ? true : manyNear <= each && copies.least > each ? null : false,
  }
}

/** Of U: m·n/12 · (N + 1 − Σ(t³ − t)/(N(N − 1))) under the root, t the sizes of ties among all N = m + n; Infinity where all are equal. */
const standardError = (a: Float64Array, b: Float64Array): number => {
  const all = Float64Array.from([...a, ...b]).toSorted()
  const total = all.length
  let ties = 0
  for (let from = 0; from < total;) {
    let to = from
    while (to < total && all[to] === all[from]) to++
    ties += (to - from) ** 3 - (to - from)
    from = to
  }
  const squared = ((a.length * b.length) / 12) * (total + 1 - ties / (total * (total - 1)))
  return squared > 0 ? Math.sqrt(squared) : Infinity
}
