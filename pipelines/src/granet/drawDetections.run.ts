// Entry of `draw-detections`.
import { FigureError, type OverlayBox } from '@radiograft/figures'
import { boxesByFilm, filmsOf, type DetectionRow, type RunOf } from '@radiograft/pipeline'
import { chooseCases } from './chooseCases.ts'
import type { drawDetections } from './drawDetections.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { matchBoxes } from './matchBoxes.ts'
import { shownFilm } from '../pictures/shownFilm.ts'
import { thresholdOf } from './thresholdOf.ts'

export const run: RunOf<typeof drawDetections> = async ({ params, inputs }) => {
  const { films, boxes, split, arms, thresholds } = inputs
  if (params.names.length !== arms.length || thresholds.length !== arms.length) {
    throw new FigureError(
      'draw-detections',
      `${params.names.length} names and ${thresholds.length} thresholds for ${arms.length} arms: give one of each an arm`,
    )
  }
  const boxesOf = boxesByFilm(boxes)
  const shown = arms.map((detections, a) => {
    const name = params.names[a]!
    const threshold = thresholdOf(thresholds[a]!, `draw-detections, arm “${name}”`)
    const byFilm = new Map<string, DetectionRow[]>()
    for (const row of detections.filter(({ score }) => score >= threshold)) {
      byFilm.set(row.film, [...(byFilm.get(row.film) ?? []), row])
    }
    return { name, threshold, of: (film: string) => byFilm.get(film) ?? [] }
  })
  const cases = filmsOf(split, 'test').map((film) => {
    const scores = shown.flatMap((arm) => arm.of(film).map((row) => row.score))
    return { film, truths: boxesOf(film).length, surest: scores.length === 0 ? null : Math.max(...scores) }
  })

  const overlaysOf = (film: string, arm: (typeof shown)[number]): ReadonlyArray<OverlayBox> => {
    const truth = boxesOf(film)
    const found = arm.of(film).map(({ x0, y0, x1, y1, score }) => ({ box: [x0, y0, x1, y1] as const, score }))
    const matches = matchBoxes(found, truth)
    return [
      ...truth.map((box, t): OverlayBox =>
        matches.found[t]
          ? { box, colour: 'orange', meaning: 'true box, found' }
          : { box, colour: 'yellow', line: 'dotted', meaning: 'true box, missed' },
      ),
      ...found.map(({ box, score }, d): OverlayBox => ({
        box,
        label: score.toFixed(2),
        ...(matches.hits[d]
          ? { colour: 'sky', line: 'dashed', meaning: 'detection, hit (score)' }
          : { colour: 'purple', line: 'dotted', meaning: 'detection, false (score)' }),
      })),
    ]
  }
  // an arm a row, a film a column: what two arms make of one film stands one above the other
  const chosen = chooseCases(cases, params)
  const rows = []
  for (const arm of shown) {
    const cells = []
    for (const { film } of chosen) cells.push(await shownFilm(films, film, overlaysOf(film, arm)))
    rows.push({ label: `${arm.name} ≥ ${arm.threshold.toFixed(2)}`, cells })
  }
  const title = 'What each detector finds on test films'
  const caption =
    'The same test films for every arm: films with a true box at equal distances along their ids, the surest false alarms of any ' +
    'arm, and films on which no arm found anything. Shown are detections at or above the score beside the arm’s name, a threshold tuned on validation; a ' +
    'hit overlaps its true box by more than .40 (IoU).'
  const columns = chosen.map(({ film, kind }) => `${kind} ${film}`)
  return { figure: filmFigure({ title, caption, row: 'G23' }, columns, chosen.length === 0 ? [] : rows) }
}
