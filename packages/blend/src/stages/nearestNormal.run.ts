// Entry of `nearest-normal`: thumbnails one film at a time, then an exact search.
import { resizeArea } from '@radiograft/geometry'
import type { Films, RunOf } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { nearestNeighbours } from '../neighbours/nearestNeighbours.ts'
import type { FilmImage } from '../neighbours/thumbnails.ts'
import type { nearestNormal } from './nearestNormal.ts'

const thumbnailsOf = async (films: Films, ids: ReadonlyArray<string>, size: number): Promise<FilmImage[]> => {
  const images: FilmImage[] = []
  for (const id of ids) {
    const [pixels] = await films.rows([films.indexOf(id)])
    images.push({ pixels: resizeArea(pixels!, films.height, films.width, size, size), height: size, width: size })
  }
  return images
}

export const run: RunOf<typeof nearestNormal> = async ({ params, inputs, ctx }) => {
  const { films, boxes, labels, cohort, split } = inputs
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const part = new Map(split.map((row) => [row.film, row.part]))
  const queries = [...new Set(boxes.map((row) => row.film))].toSorted()
  const pool = labels.flatMap((row) =>
    row.class === params.donorClass && part.get(row.film) === 'train' ? [row.film] : [],
  )
  if (pool.length === 0)
    throw new BlendError(
      'pool',
      `no film of class “${params.donorClass}” in the training part: check the labels, or set donorClass`,
    )
  const { indices, distances, k } = nearestNeighbours(
    await thumbnailsOf(films, queries, params.thumbnail),
    await thumbnailsOf(films, pool, params.thumbnail),
    {
      size: params.thumbnail,
      standardise: params.standardise,
      k: params.k,
      exclude: (q, p) => patientOf.get(queries[q]!) === patientOf.get(pool[p]!),
    },
  )
  ctx.log(`${queries.length} films with boxes, ${pool.length} donors of class ${params.donorClass}`)
  const pairs = queries.flatMap((film, q) =>
    Array.from({ length: k }, (_, rank) => ({
      film,
      donor: pool[indices[q * k + rank]!]!,
      rank,
      distance: distances[q * k + rank]!,
    })),
  )
  const donors = [...new Set(pairs.map((pair) => pair.donor))].toSorted()
  return {
    pairs,
    provenance: donors.map((film) => ({
      product: 'graft',
      film,
      patient: patientOf.get(film)!,
      role: 'donor' as const,
    })),
  }
}
