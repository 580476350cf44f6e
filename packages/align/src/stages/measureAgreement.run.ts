// Entry of `measure-agreement`. The interval is a percentile bootstrap over films of the ratio of means.
import { resizeArea, warpFilm } from '@radiograft/geometry'
import { filmsOf, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { AlignError } from '../AlignError.ts'
import { agreementOf, type Agreement } from '../agreement.ts'
import { agreementInterval } from '../agreementInterval.ts'
import { randomPose } from '../randomPose.ts'
import { BATCH, thetaPredictor } from './predictThetas.ts'
import type { measureAgreement } from './measureAgreement.ts'

/** Films at once: two poses of each fill one call of the graph. */
const CHUNK = BATCH / 2

export const run: RunOf<typeof measureAgreement> = async ({ params, inputs, ctx }) => {
  const { films, split, aligner } = inputs
  const chosen = filmsOf(split, 'test').slice(0, params.films)
  if (chosen.length === 0) throw new AlignError('measure-agreement', 'the test part of the split has no film')
  await loadRuntime({ threads: ctx.threads })
  const predictor = thetaPredictor(aligner, { cache: ctx.graphs })
  const { size } = predictor
  const random = rng(ctx.seed)
  const trials: Agreement[] = []
  try {
    for (let start = 0; start < chosen.length; start += CHUNK) {
      ctx.signal.throwIfAborted()
      const ids = chosen.slice(start, start + CHUNK)
      const rows = await films.rows(ids.map((id) => films.indexOf(id)))
      const poses = ids.map((id) => {
        const own = random.fork(id)
        return [randomPose(own), randomPose(own)] as const
      })
      const small = rows.map((pixels) => resizeArea(pixels, films.height, films.width, size, size))
      const thetas = predictor.predict(
        small.flatMap((film, i) => poses[i]!.map((pose) => warpFilm(film, size, size, pose, 'border'))),
      )
      poses.forEach((pair, i) =>
        trials.push(agreementOf({ poses: pair, thetas: [thetas[2 * i]!, thetas[2 * i + 1]!] })),
      )
      ctx.progress(trials.length, chosen.length, 'films')
    }
  } finally {
    predictor.dispose()
  }
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
