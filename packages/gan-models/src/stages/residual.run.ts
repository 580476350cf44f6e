// Entry of `residual`. x is the film as the generator saw it, so that shrinking leaves no residual.
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { residual } from './residual.ts'
import { translatedFilms } from './translatedFilms.ts'

export const run: RunOf<typeof residual> = async ({ inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  return {
    residuals: translatedFilms(inputs.films, inputs.generator, ctx, ({ input, output }) =>
      input.map((x, i) => Math.abs(x - output[i]!)),
    ),
  }
}
