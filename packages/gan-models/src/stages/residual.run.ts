// Entry of `residual`. x is the film as the generator saw it, box-averaged, so that shrinking leaves no residual.
import { resizeArea } from '@radiograft/geometry'
import type { Film, RunOf } from '@radiograft/pipeline'
import type { residual } from './residual.ts'

export const run: RunOf<typeof residual> = ({ inputs, ctx }) => {
  const { films, generated } = inputs
  const { height, width } = generated
  const residuals = async function* (): AsyncGenerator<Film> {
    let done = 0
    for await (const { id, pixels } of generated.stream()) {
      ctx.signal.throwIfAborted()
      const [film] = await films.rows([films.indexOf(id)])
      const seen = resizeArea(film!, films.height, films.width, height, width)
      yield { id, pixels: seen.map((x, i) => Math.abs(x - pixels[i]!)) }
      ctx.progress(++done, generated.size, 'films')
    }
  }
  return { residuals: { height, width, storage: 'uint16', films: residuals() } }
}
