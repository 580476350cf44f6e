// Entry of `limit-positives`.
import type { RunOf } from '@radiograft/pipeline'
import { limitPositives } from '../split/limitPositives.ts'
import type { limitPositives as stage } from './limitPositives.ts'

export const run: RunOf<typeof stage> = ({ params, inputs, ctx }) => {
  const split = limitPositives(inputs.split, inputs.labels, { most: params.most, seed: ctx.seed })
  const positive = new Set(inputs.labels.filter(({ target }) => target === 1).map(({ film }) => film))
  const count = split.filter(({ film, part }) => part === 'train' && positive.has(film)).length
  ctx.log(`${count} positive training films${params.most > 0 ? `, ${params.most} asked for` : ''}`)
  return { split }
}
