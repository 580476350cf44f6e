// Entry of `measure-agreement`. The interval is a percentile bootstrap over films of the ratio of means.
import { resizeArea, warpFilm } from '@radiograft/geometry'
import { filmsOf, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { agreementOf, type Agreement } from '../agreement.ts'
import { agreementInterval } from '../agreementInterval.ts'
import { randomPose } from '../randomPose.ts'
import { thetaPredictor } from './predictThetas.ts'
import type { measureAgreement } from './measureAgreement.ts'

export const run: RunOf<typeof measureAgreement> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, split, aligner } = inputs
  const predictor = thetaPredictor(aligner)
  const { size } = predictor
  const random = rng(ctx.seed)
  const trials: Agreement[] = []
  const chosen = filmsOf(split, 'test').slice(0, params.films)
  for (const [i, id] of chosen.entries()) {
    ctx.signal.throwIfAborted()
    const [pixels] = await films.rows([films.indexOf(id)])
    const film = resizeArea(pixels!, films.height, films.width, size, size)
    const own = random.fork(id)
    const poses = [randomPose(own), randomPose(own)] as const
    const [p, q] = predictor.predict(poses.map((pose) => warpFilm(film, size, size, pose, 'border')))
    trials.push(agreementOf({ poses, thetas: [p!, q!] }))
    ctx.progress(i + 1, chosen.length)
  }
  predictor.dispose()
  const { value, low, high, determinant, before } = agreementInterval(trials, random.fork('bootstrap'))
  const row = { arm: 'aligner', part: 'test', low: NaN, high: NaN, n: trials.length, unit: '' }
  return {
    metrics: [
      { ...row, metric: 'corner-disagreement-left', value, low, high },
      { ...row, metric: 'corner-disagreement-before', value: before, unit: 'film widths' },
      { ...row, metric: 'determinant', value: determinant },
    ],
  }
}
