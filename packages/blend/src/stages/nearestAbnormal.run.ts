// Entry of `nearest-abnormal`. A host's pixels are in the synthetic film as the donor's are, so the provenance has both.
import { provenanceOf, type RunOf } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { chooseHosts } from '../lesions/chooseHosts.ts'
import { spreadDonors } from '../lesions/spreadDonors.ts'
import { hostTable } from './hostTable.ts'
import { lesionBoxes } from './lesionBoxes.ts'
import { nearestDonors } from './nearestDonors.ts'
import type { nearestAbnormal } from './nearestAbnormal.ts'

export const run: RunOf<typeof nearestAbnormal> = async ({ params, inputs, ctx }) => {
  const { films, boxes, labels, cohort, split } = inputs
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const part = new Map(split.map((row) => [row.film, row.part]))
  const training = labels.filter((row) => part.get(row.film) === 'train')
  const boxed = new Set(boxes.map((row) => row.film))
  const lesions = lesionBoxes(boxes, films)

  const pool = training.flatMap((row) => (row.target === 1 && lesions.has(row.film) ? [row.film] : []))
  if (pool.length === 0)
    throw new BlendError('boxes', 'no positive film of the training part has a box: nothing can be lent')
  const suits = (name: string): boolean => params.hosts === 'negatives' || name === params.hostClass
  const able = training.flatMap((row) =>
    row.target === 0 && !boxed.has(row.film) && suits(row.class) ? [row.film] : [],
  )
  if (able.length === 0) {
    const kind = params.hosts === 'normal' ? `of class “${params.hostClass}”` : 'without the finding'
    throw new BlendError('hosts', `no film ${kind} in the training part: check the labels, set hostClass or hosts`)
  }
  const wanting = chooseHosts(able, params.most, ctx.seed)
  if (params.donors === 'spread' && params.k !== 1)
    throw new BlendError('k', `is ${params.k}, but donors that are spread are one a film: set k=1, or donors=nearest`)
  const chosen = params.donors === 'spread' ? { chosen: spreadDonors(wanting, pool, patientOf, ctx.seed) } : {}
  const pairs = await nearestDonors({ films, cohort, wanting, pool, ...chosen }, params, ctx)
  const { table, line } = hostTable({ able: able.length, pool: pool.length, pairs })
  ctx.log(line)
  const lent = [...new Set(pairs.flatMap((pair) => [pair.film, pair.donor]))].toSorted()
  return {
    pairs,
    provenance: provenanceOf(
      'pseudo-abnormal',
      lent.map((film) => ({ film, patient: patientOf.get(film)!, role: 'donor' })),
    ),
    counts: table,
  }
}
