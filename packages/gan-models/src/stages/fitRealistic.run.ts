// Entry of `fit-realistic`: eq 2, where the blended film is both the input and the target of the L1 term.
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { fitRealistic } from './fitRealistic.ts'
import { fitGenerator } from './fitGenerator.ts'
import { signedFilms } from './signedFilms.ts'
import { trainingFilms } from './trainingFilms.ts'

export const run: RunOf<typeof fitRealistic> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, blended, labels, split } = inputs
  const chosen = trainingFilms({ having: blended, labels, split, normalClass: params.normalClass, port: 'blended' })
  const input = signedFilms(blended, params.size)
  const real = signedFilms(films, params.size)
  return fitGenerator({ product: 'realistic-generator', read: { input, real }, ...chosen }, inputs, params, ctx)
}
