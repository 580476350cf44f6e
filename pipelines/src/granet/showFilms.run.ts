// Entry of `show-films`. Outcomes are those of the first frame of boxes, in which the score is taken: a film with the
// finding is a true positive when a detection at or above the arm's threshold hits a true box (IoU > .40).
import { encodePng, FigureError } from '@radiograft/figures'
import { resizeArea, scaleBox } from '@radiograft/geometry'
import { boxesByFilm, filmsOf } from '@radiograft/pipeline'
import type { CaseRow, DetectionRow, Films, MarkRow, PictureRow, RunOf } from '@radiograft/pipeline'
import { chooseShown } from './chooseShown.ts'
import { evenly } from '../pictures/evenly.ts'
import { filmOutcome } from './filmOutcome.ts'
import { markFilm } from './markFilm.ts'
import type { showFilms } from './showFilms.ts'
import { thresholdOf } from './thresholdOf.ts'
import { toWhite } from './whiteFor.ts'

/** The largest value of all maps, 1 where there is none above 0: nothing is cut off, so that the viewer's values are true. */
const highest = async (maps: ReadonlyArray<() => Promise<Float32Array>>): Promise<number> => {
  let most = 0
  for (const map of maps) for (const value of await map()) if (value > most) most = value
  return most > 0 ? most : 1
}

/** Where a collection has the film. */
const has = (films: Films): ((id: string) => boolean) => {
  const ids = new Set(films.ids)
  return (id) => ids.has(id)
}

const oneEach = (given: number, named: number, what: string): void => {
  if (given !== named) throw new FigureError('show-films', `${named} names for ${given} ${what}: give one of each`)
}

export const run: RunOf<typeof showFilms> = async ({ params, inputs, ctx }) => {
  const { films, labels, split, boxes, detections, thresholds, scores } = inputs
  const { layers, frames, boxFrames, arms } = params
  oneEach(films.length, layers.length, 'layers')
  oneEach(films.length, frames.length, 'frames of layers')
  oneEach(boxes.length, boxFrames.length, 'frames of boxes')
  oneEach(detections.length, arms.length * boxFrames.length, 'detections')
  oneEach(thresholds.length, arms.length, 'thresholds')
  oneEach(scores.length, arms.length, 'scores')

  const first = films[0]
  if (!first) return { pictures: [], marks: [], cases: [] }
  const label = new Map(labels.map((row) => [row.film, row]))
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const boxesOf = boxes.map(boxesByFilm)
  const judged = arms.map((arm, a) => {
    const threshold = thresholdOf(thresholds[a]!, `show-films, arm “${arm}”`)
    const sure = (rows: ReadonlyArray<DetectionRow>): ReadonlyMap<string, ReadonlyArray<DetectionRow>> => {
      const byFilm = new Map<string, DetectionRow[]>()
      for (const row of rows.filter(({ score }) => score >= threshold))
        byFilm.set(row.film, [...(byFilm.get(row.film) ?? []), row])
      return byFilm
    }
    const metric = scores[a]!.find((row) => row.metric.startsWith('ap-') && !row.metric.endsWith('-positives'))?.metric
    return {
      arm,
      byFrame: boxFrames.map((_, f) => sure(detections[a * boxFrames.length + f]!)),
      metric: metric ?? '',
      score: new Map(scores[a]!.filter((row) => row.metric === metric).map((row) => [row.film, row.value])),
    }
  })

  const candidates = filmsOf(split, 'test').map((film) => {
    const found = judged.flatMap(({ byFrame }) => (byFrame[0]?.get(film) ?? []).map(({ score }) => score))
    return {
      film,
      positive: label.get(film)?.target === 1,
      surest: found.length === 0 ? null : Math.max(...found),
    }
  })
  const training = filmsOf(split, 'train').filter((film) => boxesOf.some((of) => of(film).length > 0))
  const shown = [...chooseShown(candidates, params.most), ...evenly(training, params.trained)]

  // pictures: all layers of one size, so that two of them lie pixel on pixel
  const scale = Math.min(1, params.side / Math.max(first.height, first.width))
  const [height, width] = [Math.max(1, Math.round(first.height * scale)), Math.max(1, Math.round(first.width * scale))]
  const read = async (layer: Films, film: string): Promise<Float32Array> => {
    const [pixels] = await layer.rows([layer.indexOf(film)])
    return resizeArea(pixels!, layer.height, layer.width, height, width)
  }
  const pictures: PictureRow[] = []
  for (const [order, layer] of films.entries()) {
    const own = shown.filter(has(layer))
    const isMap = params.maps.includes(layers[order]!)
    const high = isMap ? await highest(own.map((film) => () => read(layer, film))) : 1
    const enlarged = layer.height < height || layer.width < width
    const name = enlarged ? `${layers[order]!} (${layer.height} × ${layer.width}, enlarged)` : layers[order]!
    for (const [i, film] of own.entries()) {
      ctx.signal.throwIfAborted()
      const pixels = Uint8Array.from(toWhite(await read(layer, film), high), (v) =>
        Math.round(255 * Math.min(Math.max(v, 0), 1)),
      )
      const place = { film, layer: name, order, frame: frames[order]! }
      pictures.push({ ...place, width, height, low: 0, high, png: encodePng({ width, height, pixels }) })
      ctx.progress(order * shown.length + i + 1, films.length * shown.length, 'pictures')
    }
  }

  const toPicture = [width / first.width, height / first.height] as const
  const marks: MarkRow[] = []
  const cases: CaseRow[] = []
  for (const film of shown) {
    const part = partOf.get(film)!
    const { class: name = '', target = 0 } = label.get(film) ?? {}
    for (const [f, frame] of boxFrames.entries()) {
      const found = judged.map(({ arm, byFrame }) => ({ arm, rows: byFrame[f]!.get(film) ?? [] }))
      for (const { box, ...mark } of markFilm(boxesOf[f]!(film), found, part === 'test')) {
        const [x0, y0, x1, y1] = scaleBox(box, ...toPicture)
        marks.push({ film, frame, ...mark, x0, y0, x1, y1 })
      }
    }
    const row = { film, part, class: name, target }
    if (part !== 'test' || judged.length === 0)
      cases.push({ ...row, arm: '', outcome: '', score: NaN, error: NaN, metric: '' })
    else
      for (const { arm, byFrame, metric, score } of judged) {
        const rows = byFrame[0]?.get(film) ?? []
        const outcome = filmOutcome(target === 1, boxesOf[0]!(film), rows)
        const surest = rows.length === 0 ? NaN : Math.max(...rows.map((detection) => detection.score))
        const value = score.get(film)
        cases.push({ ...row, arm, outcome, score: surest, error: value === undefined ? NaN : 1 - value, metric })
      }
  }
  return { pictures, marks, cases }
}
