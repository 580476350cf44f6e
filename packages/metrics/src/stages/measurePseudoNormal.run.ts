// Entry of `measure-pseudo-normal`: one film at a time, at the generator's size.
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { assertUnseen, type Films, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { compareScores } from '../compareScores.ts'
import { groupBy } from '../groupBy.ts'
import { pseudoNormalScores } from '../pseudoNormalScores.ts'
import type { measurePseudoNormal } from './measurePseudoNormal.ts'

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

  const rows = []
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
  const metrics: ReadonlyArray<MetricRow> = compareScores([{ arm: 'generator', rows }], [], rng(ctx.seed), params).map(
    (row) => ({ ...row, part: 'test', unit: units[row.metric.split('-')[0]!] ?? '' }),
  )
  return { metrics: [...metrics, ...energyRatio(metrics)] }
}

/** Mean energy a pixel inside lesions over mean energy outside, over all films: a ratio of means, not a mean of ratios. */
const energyRatio = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<MetricRow> => {
  const of = (metric: string): MetricRow | undefined => metrics.find((row) => row.metric === metric)
  return (['lesion', 'boxes'] as const).flatMap((where) => {
    const [inside, outside] = [of(`residual-energy-in-${where}`), of(`residual-energy-outside-${where}`)]
    if (!inside || !outside) return []
    return [
      {
        ...inside,
        metric: `residual-energy-ratio-${where}`,
        value: inside.value / outside.value,
        low: inside.low / outside.high,
        high: inside.high / outside.low,
        unit: '',
      },
    ]
  })
}
