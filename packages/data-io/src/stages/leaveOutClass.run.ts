// Entry of `leave-out-class`.
import type { RunOf } from '@radiograft/pipeline'
import { leaveOutClass } from '../split/leaveOutClass.ts'
import { filmsOfClass } from './filmsOfClass.ts'
import type { leaveOutClass as stage } from './leaveOutClass.ts'

export const run: RunOf<typeof stage> = ({ params, inputs, ctx }) => {
  const films = filmsOfClass(inputs, params.class)
  const made = leaveOutClass(inputs.split, films)
  const left = inputs.split.length - made.split.length
  ctx.log(`${left} training films of ${params.class} are left out`)
  return made
}
