// Entry of `attention-control`: one film in memory at a time.
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { boxesByFilm, type Film, type RunOf, type SplitRow } from '@radiograft/pipeline'
import { rng, type Rng } from '@radiograft/random'
import type { attentionControl } from './attentionControl.ts'

/** For each index another one, all of them used once: a permutation without a fixed point where n is at least 2. */
export const derangement = (n: number, order: ArrayLike<number>): Int32Array => {
  const other = new Int32Array(n)
  // one cycle through the shuffled order
  for (let i = 0; i < n; i++) other[order[i]!] = order[(i + 1) % n]!
  return other
}

/** Of each film another one of its own part, so that no map of a test film is trained on. A part of one film keeps its own. */
const lenders = (
  ids: ReadonlyArray<string>,
  split: ReadonlyArray<SplitRow>,
  random: Rng,
): ReadonlyMap<string, string> => {
  const partOf = new Map(split.map(({ film, part }) => [film, part]))
  const parts = new Map<string, string[]>()
  for (const id of ids) {
    const part = partOf.get(id) ?? ''
    parts.set(part, [...(parts.get(part) ?? []), id])
  }
  return new Map(
    [...parts].flatMap(([part, own]) => {
      const other = derangement(own.length, random.fork(part).permutation(own.length))
      return own.map((id, i) => [id, own[other[i]!]!] as const)
    }),
  )
}

export const run: RunOf<typeof attentionControl> = ({ params, inputs, ctx }) => {
  const { residuals, films, masks } = inputs
  const { height, width, size } = residuals
  const boxesOf = boxesByFilm(inputs.boxes)
  const masked = new Set(masks?.ids)

  const constant = async (): Promise<Float32Array> => {
    let sum = 0
    for await (const { pixels } of residuals.stream()) sum += pixels.reduce((a, b) => a + b, 0)
    return new Float32Array(height * width).fill(sum / (size * height * width))
  }
  const oracle = async (film: string): Promise<Float32Array> => {
    if (masks && masked.has(film)) {
      const [mask] = await masks.rows([masks.indexOf(film)])
      return resizeArea(mask!, masks.height, masks.width, height, width).map((v) => v * params.strength)
    }
    const own = boxesOf(film).map((box) => scaleBox(box, width / films.width, height / films.height))
    return Float32Array.from(boxMask(own, height, width), (v) => v * params.strength)
  }
  const other = params.map === 'other-film' ? lenders(residuals.ids, inputs.split, rng(ctx.seed)) : new Map()

  const maps = async function* (): AsyncGenerator<Film> {
    const mean = params.map === 'constant' ? await constant() : undefined
    for (const [i, id] of residuals.ids.entries()) {
      ctx.signal.throwIfAborted()
      const pixels =
        mean ??
        (params.map === 'oracle' ? await oracle(id) : (await residuals.rows([residuals.indexOf(other.get(id))]))[0]!)
      yield { id, pixels }
      ctx.progress(i + 1, size, 'films')
    }
  }
  return { maps: { height, width, storage: 'uint16', films: maps() } }
}
