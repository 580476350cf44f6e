// Entry of `generate`.
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { generate } from './generate.ts'
import { translatedFilms } from './translatedFilms.ts'

export const run: RunOf<typeof generate> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  return { films: translatedFilms(inputs.films, inputs.generator, params.size, ctx) }
}
