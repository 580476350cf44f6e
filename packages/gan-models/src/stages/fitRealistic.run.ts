// Entry of `fit-realistic`: eq 2, where the blended film is both the input and the target of the L1 term.
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { fitRealistic } from './fitRealistic.ts'
import { fitGenerator } from './fitGenerator.ts'
import { signedFilms } from './signedFilms.ts'
import { trainingFilms } from './trainingFilms.ts'

export const run: RunOf<typeof fitRealistic> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, blended, labels, cohort, blendedSplit = [] } = inputs
  const split = [...inputs.split, ...blendedSplit]
  const { reals, normalClass } = params
  const chosen = trainingFilms({ having: blended, labels, split, reals, normalClass, port: 'blended' })
  const input = signedFilms(blended, params.size)
  const real = signedFilms(films, params.size)
  const product = reals === 'normal' ? 'realistic-generator' : 'realistic-abnormal-generator'
  const given = { ...inputs, cohort: [...cohort, ...blendedSplit] }
  return fitGenerator({ product, read: { input, real }, ...chosen }, given, params, ctx)
}
