// Entry of `attention-control`: one film in memory at a time.
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { boxesByFilm, type Film, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import type { attentionControl } from './attentionControl.ts'

/** For each index another one, all of them used once: a permutation without a fixed point. @param n at least 2 */
export const derangement = (n: number, order: ArrayLike<number>): Int32Array => {
  const other = new Int32Array(n)
  // one cycle through the shuffled order
  for (let i = 0; i < n; i++) other[order[i]!] = order[(i + 1) % n]!
  return other
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
  const other = size > 1 ? derangement(size, rng(ctx.seed).permutation(size)) : new Int32Array(1)

  const maps = async function* (): AsyncGenerator<Film> {
    const mean = params.map === 'constant' ? await constant() : undefined
    for (const [i, id] of residuals.ids.entries()) {
      ctx.signal.throwIfAborted()
      const pixels = mean ?? (params.map === 'oracle' ? await oracle(id) : (await residuals.rows([other[i]!]))[0]!)
      yield { id, pixels }
      ctx.progress(i + 1, size, 'films')
    }
  }
  return { maps: { height, width, storage: 'uint16', films: maps() } }
}
