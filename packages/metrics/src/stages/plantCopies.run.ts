// Entry of `plant-copies`.
import { resizeArea } from '@radiograft/geometry'
import type { Film, Part, ProvenanceRow, RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { exposedAgain } from '../memorisation/exposedAgain.ts'
import { MetricError } from '../MetricError.ts'
import type { plantCopies } from './plantCopies.ts'

export const run: RunOf<typeof plantCopies> = ({ params, inputs, ctx }) => {
  const { films, split, among } = inputs
  const { height, width } = among ?? films
  if (height > films.height || width > films.width)
    throw new MetricError(
      'among',
      `has films of ${height} x ${width}, real ones are of ${films.height} x ${films.width}: a copy cannot show what these do not hold`,
    )
  const random = rng(ctx.seed)
  const planted = (prefix: string, part: Part, wanted: number): ReadonlyArray<ProvenanceRow> => {
    const known = split.filter((row) => row.part === part)
    const order = random.fork(prefix).permutation(known.length)
    return Array.from({ length: wanted }, (_, i) => {
      const { film, patient } = known[order[i % order.length]!]!
      return { product: `${prefix}-${String(i + 1).padStart(5, '0')}`, film, patient, role: 'donor' }
    })
  }
  const sizeOf = (part: Part): number => split.filter((row) => row.part === part).length
  if (params.copies > 0 && sizeOf('train') === 0)
    throw new MetricError('split', 'has no film in train: nothing can be copied')
  const copies = planted('planted', 'train', params.copies)
  const others = planted('other', 'validation', Math.min(params.others, sizeOf('validation')))
  if (copies.length + others.length + (among?.size ?? 0) === 0)
    throw new MetricError('copies', 'are none, and no generated films are wired: ask for one copy at least')

  const shown = new Map([...copies, ...others].map(({ product, film }) => [product, film]))
  const taken = among?.ids.find((id) => shown.has(id))
  if (taken !== undefined) throw new MetricError('among', `already has a film ${taken}: rename it`)
  const ids = [...(among?.ids ?? []), ...shown.keys()].toSorted((a, b) => (a < b ? -1 : 1))
  const pixelsOf = async (id: string): Promise<Float32Array> => {
    const source = shown.get(id)
    const from = source === undefined ? among! : films
    const [pixels] = await from.rows([from.indexOf(source ?? id)])
    if (source === undefined) return pixels!
    const small = resizeArea(pixels!, films.height, films.width, height, width)
    return exposedAgain(small, params, random.fork('exposure').fork(id))
  }
  const stream = async function* (): AsyncGenerator<Film> {
    for (const [i, id] of ids.entries()) {
      ctx.signal.throwIfAborted()
      yield { id, pixels: await pixelsOf(id) }
      ctx.progress(i + 1, ids.length)
    }
  }
  return { films: { height, width, storage: 'uint16', films: stream() }, copies, others }
}
