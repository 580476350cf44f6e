// Entry of `measure-pseudo-normal`: one film at a time, at the generator's size.
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { rng, type Rng } from '@radiograft/random'
import { assertUnseen, type Films, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { compareScores, type ArmScores } from '../compareScores.ts'
import { groupBy } from '../groupBy.ts'
import { ratioPatientBootstrap } from '../patientBootstrap.ts'
import type { BootstrapOptions } from '../resamplePatients.ts'
import { pseudoNormalScores } from '../pseudoNormalScores.ts'
import type { measurePseudoNormal } from './measurePseudoNormal.ts'

type Scored = ArmScores['rows'][number]

export const run: RunOf<typeof measurePseudoNormal> = async ({ params, inputs, ctx }) => {
  const { films, generated, boxes, labels, split, provenance, twins, masks } = inputs
  const test = split.filter((row) => row.part === 'test')
  assertUnseen(provenance, test)
  const { height, width } = generated
  const boxesOf = groupBy(boxes, (row) => row.film)
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  const picture = async (from: Films, film: string): Promise<Float32Array> => {
    const [pixels] = await from.rows([from.indexOf(film)])
    return resizeArea(pixels!, from.height, from.width, height, width)
  }

  const rows: Scored[] = []
  for (const [i, { film, patient }] of test.entries()) {
    const own = (boxesOf.get(film) ?? []).map((b) =>
      scaleBox([b.x0, b.y0, b.x1, b.y1], width / films.width, height / films.height),
    )
    const normal = classOf.get(film) === 'Normal'
    if (own.length === 0 && !normal) continue
    const scores = pseudoNormalScores({
      film: await picture(films, film),
      generated: await picture(generated, film),
      boxes: boxMask(own, height, width),
      ...(twins && own.length > 0 ? { twin: await picture(twins, film) } : {}),
      ...(masks && own.length > 0 && masks.ids.includes(film)
        ? { lesion: (await picture(masks, film)).map((v) => (v >= 0.5 ? 1 : 0)) }
        : {}),
      normal,
    })
    for (const [metric, value] of Object.entries(scores)) rows.push({ film, patient, metric, value })
    ctx.progress(i + 1, test.length)
  }
  const units: Readonly<Record<string, string>> = { psnr: 'dB', residual: '', identity: '' }
  const metrics: ReadonlyArray<MetricRow> = compareScores([{ arm: params.arm, rows }], [], rng(ctx.seed), params).map(
    (row) => ({ ...row, part: 'test', unit: units[row.metric.split('-')[0]!] ?? '' }),
  )
  return { metrics: [...metrics, ...energyRatios(rows, rng(ctx.seed), params)] }
}

/**
 * Mean energy a pixel inside lesions over mean energy outside. A generator that copies its input leaves no residual: 0 / 0 is
 * then 1, as of a map that is the same everywhere, for it points at lesions no more than at anything else
 * (`residualEnergyRatio`). Left undefined it would stop the stage before any audit could name the copier.
 */
const energyRatios = (
  rows: ReadonlyArray<Scored>,
  random: Rng,
  { arm, ...options }: BootstrapOptions & { readonly arm: string },
): ReadonlyArray<MetricRow> =>
  (['lesion', 'boxes'] as const).flatMap((where) => {
    const of = (metric: string): ReadonlyArray<Scored> => rows.filter((row) => row.metric === metric)
    const [inside, outside] = [of(`residual-energy-in-${where}`), of(`residual-energy-outside-${where}`)]
    if (inside.length === 0) return []
    const { value, low, high } = ratioPatientBootstrap(
      {
        patients: inside.map((row) => row.patient),
        a: inside.map((row) => row.value),
        b: outside.map((row) => row.value), // the same films in the same order: both come from one film's scores
      },
      random.fork(`energy-ratio/${where}`),
      { ...options, zeroOverZero: 1 },
    )
    const metric = `residual-energy-ratio-${where}`
    return [{ arm, part: 'test', metric, value, low, high, n: inside.length, unit: '' }]
  })
