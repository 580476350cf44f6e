// The k nearest donors of films by small thumbnails, never of the same patient. Used by the entries of `nearest-normal` and
// `nearest-abnormal`. Thumbnails are made one film at a time, the search is exact.
import { resizeArea } from '@radiograft/geometry'
import type { CohortRow, Films, PairRow, StageContext } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { nearestNeighbours } from '../neighbours/nearestNeighbours.ts'
import type { FilmImage } from '../neighbours/thumbnails.ts'

export interface DonorSearch {
  readonly films: Films
  readonly cohort: ReadonlyArray<CohortRow>
  /** ids of films that want a donor; their order and that of `pool` change nothing */
  readonly wanting: ReadonlyArray<string>
  /** ids of films that may lend */
  readonly pool: ReadonlyArray<string>
  /** donor of each film, where it was chosen otherwise and only its distance is wanted; k is then 1 */
  readonly chosen?: ReadonlyMap<string, string>
}

export interface DonorRule {
  /** side in pixels */
  readonly thumbnail: number
  readonly standardise: boolean
  readonly k: number
}

/**
 * @returns k rows a film, ascending by film and rank
 * @throws BlendError naming a film that has fewer than k donors of other patients
 */
export const nearestDonors = async (
  search: DonorSearch,
  { thumbnail, standardise, k }: DonorRule,
  ctx: Pick<StageContext, 'signal'>,
): Promise<ReadonlyArray<PairRow>> => {
  const { films, cohort, chosen } = search
  const wanting = search.wanting.toSorted()
  const pool = search.pool.toSorted() // of equal distances the lower id
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const lending = new Map<string | undefined, number>()
  for (const film of pool) lending.set(patientOf.get(film), (lending.get(patientOf.get(film)) ?? 0) + 1)
  for (const film of wanting) {
    const allowed = pool.length - (lending.get(patientOf.get(film)) ?? 0)
    if (allowed < k)
      throw new BlendError(
        'pool',
        `film ${film} has ${allowed} donors of other patients among ${pool.length}, k is ${k}: lower k, or use more films`,
      )
  }
  const thumbnailsOf = async (ids: ReadonlyArray<string>): Promise<FilmImage[]> => {
    const images: FilmImage[] = []
    for (const id of ids) {
      ctx.signal.throwIfAborted()
      const [pixels] = await films.rows([films.indexOf(id)])
      const small = resizeArea(pixels!, films.height, films.width, thumbnail, thumbnail)
      images.push({ pixels: small, height: thumbnail, width: thumbnail })
    }
    return images
  }
  const { indices, distances } = nearestNeighbours(await thumbnailsOf(wanting), await thumbnailsOf(pool), {
    size: thumbnail,
    standardise,
    k,
    exclude: (q, p) =>
      chosen ? chosen.get(wanting[q]!) !== pool[p] : patientOf.get(wanting[q]!) === patientOf.get(pool[p]!),
  })
  return wanting.flatMap((film, q) =>
    Array.from({ length: k }, (_, rank) => ({
      film,
      donor: pool[indices[q * k + rank]!]!,
      rank,
      distance: distances[q * k + rank]!,
    })),
  )
}
