// Entry of `draw-doses`.
import { panelPlot, pictureGrid, type PanelPoint } from '@radiograft/figures'
import type { RunOf } from '@radiograft/pipeline'
import { svgFigure } from '../../pictures/svgFigure.ts'
import { dosesOf, shrinking, type Dose, type Shrinking } from './dosesOf.ts'
import type { drawDoses } from './drawDoses.ts'
import type { Bounds, Estimate } from './estimateOf.ts'

const WANTED =
  'Wanted: the gain shrinks as positives grow, since lesions lent to other films replace those that are lacking.'
const ONE_DRAW =
  'All training seeds share one draw of the positives, so that which ten films (or thirty and on) they are is chance that no ' +
  'interval holds.'
/** The doses that the study was designed with. */
const DESIGNED = [10, 30, 100, 300, 1000]

const notRun = (doses: ReadonlyArray<Dose>): string => {
  const lacking = DESIGNED.filter((wanted) => !doses.some(({ positives }) => positives === wanted))
  return lacking.length === 0
    ? ''
    : ` Of the designed numbers not run: ${lacking.map((n) => n.toLocaleString('en')).join(', ')}.`
}
const title = 'What synthesis adds, by number of positive films'
const words = { title, row: 'G22' }

const orNull = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)
const digits = (x: number): string => `${x > 0 ? '+' : ''}${x.toFixed(3)}`
const range = ({ low, high }: Bounds): string =>
  Number.isFinite(low) && Number.isFinite(high) ? `[${digits(low)}, ${digits(high)}]` : 'without an interval'
const inWords = (value: number, bounds: Bounds): string => `${digits(value)} ${range(bounds)}`

export const run: RunOf<typeof drawDoses> = ({ params, inputs }) => {
  const { metric, seeds } = params
  const rows = inputs.metrics.flat()
  const doses = dosesOf(rows, metric)
  const trend = shrinking(rows, doses, metric, seeds)
  const said = answer(doses, trend, seeds)
  return {
    figure: figureOf(doses, said),
    doses: tableOf(doses, metric, `${WANTED} ${said} ${ONE_DRAW}${notRun(doses)}`),
  }
}

/** What the run says of what is wanted. */
const answer = (doses: ReadonlyArray<Dose>, trend: Shrinking | undefined, seeds: number): string => {
  if (doses.length === 0) return 'This run has no arm of few positives (plain@10, synthesis@10 and on).'
  if (trend === undefined) return 'This run has the gain at one number of positives at most: it cannot tell.'
  const { from, to, ours, says } = trend
  const gain = ({ positives, gain: own }: Dose): string => `${inWords(own!.value, own!)} with ${positives}`
  const floor = [from, to].filter((dose) => dose.atFloor).map(({ positives }) => positives)
  const because =
    says !== 'cannot tell'
      ? ''
      : seeds < 2
        ? ', from one training seed'
        : floor.length > 0
          ? `: with ${floor.join(' and ')} positives both arms lie near 0, and a gain there says nothing`
          : ''
  const verdict =
    says === 'cannot tell'
      ? `cannot tell${because}`
      : says === 'no gain'
        ? `no gain that could shrink, synthesis is worse with ${from.positives} positives`
        : `the gain ${says}`
  const sure = ours.simultaneous ? `, ${range(ours.simultaneous)} with bounds that hold for all contrasts together` : ''
  return (
    `This run: ${gain(from)} positives, ${gain(to)}; their difference is ${inWords(ours.value, ours)}${sure} ` +
    `(from the bounds of both gains, hence too wide rather than too narrow): ${verdict}.`
  )
}

const figureOf = (doses: ReadonlyArray<Dose>, said: string) => {
  const caption =
    `${WANTED} ${said} Bars are 95 % intervals over test patients and training seeds; all heights are to one scale. ${ONE_DRAW} ` +
    `A detector takes as many steps, and as many positives a batch, at each number of positives.${notRun(doses)}`
  if (doses.length === 0) {
    const empty = { width: 720, height: 12, title: '', description: said, body: '' }
    return svgFigure(pictureGrid({ title: said, pictures: [empty] }), { ...words, caption })
  }
  const points = (of: (dose: Dose) => Estimate | undefined): ReadonlyArray<PanelPoint> =>
    doses.flatMap((dose) => {
      const one = of(dose)
      if (one === undefined) return []
      const known = Number.isFinite(one.low) && Number.isFinite(one.high)
      return [{ x: dose.positives, y: one.value, ...(known ? { low: one.low, high: one.high } : {}) }]
    })
  const gains = [
    { name: 'synthesis − plain', points: points(({ gain }) => gain) },
    { name: 'donors spread − plain', points: points(({ spreadGain }) => spreadGain) },
  ].filter((series) => series.points.length > 0)
  const svg = panelPlot({
    title,
    xLabel: 'positive training films, logarithmic axis',
    logX: true,
    panels: [
      {
        yLabel: 'average precision',
        series: [
          { name: 'plain', points: points(({ plain }) => plain), dashed: true },
          { name: 'synthesis', points: points(({ synthesis }) => synthesis) },
          { name: 'synthesis, donors spread', points: points(({ spread }) => spread) },
        ].filter((series) => series.points.length > 0),
      },
      ...(gains.length === 0 ? [] : [{ yLabel: 'gain', noEffect: 0, series: gains }]),
    ].filter(({ series }) => series.length > 0),
    width: 720,
  })
  return svgFigure(svg, { ...words, caption })
}

const tableOf = (doses: ReadonlyArray<Dose>, metric: string, note: string) => ({
  title: `${title}, in numbers`,
  rows: 'G22, G30',
  columns: [
    'positives',
    'plain',
    'plain low',
    'plain high',
    'synthesis',
    'synthesis low',
    'synthesis high',
    'gain',
    'low',
    'high',
    'donors spread, gain',
    'spread low',
    'spread high',
    'simultaneous low',
    'simultaneous high',
    'p by Holm',
    'smallest difference',
    'n',
    'remark',
  ],
  cells: doses.map(({ positives, plain, synthesis, gain, spreadGain, atFloor }) => [
    positives,
    ...[plain, synthesis, gain, spreadGain].flatMap((one) => [one?.value, one?.low, one?.high]).map(orNull),
    ...[
      gain?.simultaneous?.low,
      gain?.simultaneous?.high,
      gain?.pHolm,
      gain?.smallest,
      (gain ?? plain ?? synthesis)?.n,
    ].map(orNull),
    atFloor ? 'both arms lie near 0' : '',
  ]),
  note: `${note} Metric: ${metric}, test part.`,
})
