// Entry of `fit-abnormal-to-normal`: eq 3, the film itself to G_realistic(I_b(film)).
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { fitAbnormalToNormal } from './fitAbnormalToNormal.ts'
import { fitGenerator } from './fitGenerator.ts'
import { signedFilms } from './signedFilms.ts'
import { trainingFilms } from './trainingFilms.ts'

export const run: RunOf<typeof fitAbnormalToNormal> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, pseudoNormals, labels, split } = inputs
  const { normalClass, size } = params
  const chosen = trainingFilms({ having: pseudoNormals, labels, split, normalClass, port: 'pseudoNormals' })
  const input = signedFilms(films, size)
  const target = signedFilms(pseudoNormals, size)
  const read = { input, target, real: input }
  return fitGenerator({ product: 'abnormal-to-normal-generator', read, ...chosen }, inputs, params, ctx)
}
