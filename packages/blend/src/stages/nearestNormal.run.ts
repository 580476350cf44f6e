// Entry of `nearest-normal`.
import { provenanceOf, type RunOf } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { nearestDonors } from './nearestDonors.ts'
import type { nearestNormal } from './nearestNormal.ts'

export const run: RunOf<typeof nearestNormal> = async ({ params, inputs, ctx }) => {
  const { films, boxes, labels, cohort, split, hosts } = inputs
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const part = new Map(split.map((row) => [row.film, row.part]))
  const wanting = [...new Set((hosts ?? boxes).map((row) => row.film))]
  const pool = labels.flatMap((row) =>
    row.class === params.donorClass && part.get(row.film) === 'train' ? [row.film] : [],
  )
  if (pool.length === 0)
    throw new BlendError(
      'pool',
      `no film of class “${params.donorClass}” in the training part: check the labels, or set donorClass`,
    )
  const pairs = await nearestDonors({ films, cohort, wanting, pool }, params, ctx)
  ctx.log(
    `${wanting.length} ${hosts ? 'hosts' : 'films with boxes'}, ${pool.length} donors of class ${params.donorClass}`,
  )
  const donors = [...new Set(pairs.map((pair) => pair.donor))].toSorted()
  return {
    pairs,
    provenance: provenanceOf(
      'graft',
      donors.map((film) => ({ film, patient: patientOf.get(film)!, role: 'donor' })),
    ),
  }
}
