// Films for the viewer: drawn by formula, so that a test knows every pixel, with what three arms made of them.
import { encodePng } from '@radiograft/figures'
import type { ReportInput } from '../ReportInput.ts'

export type ViewerInput = Pick<ReportInput, 'pictures' | 'marks' | 'cases'>

export const exampleArms = ['attention', 'attention, aligned', 'plain'] as const
const classes = ['Lung Opacity', 'No Lung Opacity / Not Normal', 'Normal'] as const
const metric = 'ap-rsna-0.40:0.75'

/** The layers of every film, with what black and white pixels stand for. */
export const exampleLayers = [
  { layer: 'film', order: 0, frame: 'film', width: 96, height: 96, low: 0, high: 1 },
  { layer: 'aligned', order: 1, frame: 'aligned', width: 64, height: 80, low: 0, high: 1 },
  { layer: 'generated normal', order: 2, frame: 'aligned', width: 64, height: 80, low: 0, high: 1 },
  { layer: 'residual', order: 3, frame: 'aligned', width: 64, height: 80, low: -0.5, high: 0.5 },
] as const

/** In [0, 1), by a small generator (Lehmer), so that the example is the same everywhere. */
const chance = (film: number, what: number): number => {
  let state = (film * 7919 + what * 104_729 + 12_345) % 2_147_483_647
  for (let i = 0; i < 4; i++) state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}

/** A box of the film's finding in shares of its sides. */
const finding = (film: number) => {
  const left = chance(film, 1) < 0.5 ? 0.2 : 0.58
  const top = 0.3 + 0.25 * chance(film, 2)
  return { x0: left, y0: top, x1: left + 0.16 + 0.06 * chance(film, 3), y1: top + 0.14 + 0.1 * chance(film, 4) }
}

/** Grey 0 to 255 of a pixel: a body with two lungs, an opacity where the film has a finding, ribs. */
export const exampleGrey = (film: number, layer: number, px: number, py: number): number => {
  const { width, height } = exampleLayers[layer]!
  const [x, y] = [(px + 0.5) / width, (py + 0.5) / height]
  const box = finding(film)
  const spot =
    film % 3 === 2 || layer === 2
      ? 0
      : Math.exp(-(((x - (box.x0 + box.x1) / 2) / 0.08) ** 2) - ((y - (box.y0 + box.y1) / 2) / 0.09) ** 2)
  if (layer === 3) return Math.round(128 + 70 * spot + 12 * Math.sin(9 * x + film) * Math.cos(7 * y))
  const inside = (cx: number): number => Math.exp(-((((x - cx) / 0.16) ** 2 + ((y - 0.5) / 0.3) ** 2) ** 2))
  const body = 200 - 90 * Math.abs(x - 0.5) ** 2 * 4
  const ribs = 10 * Math.sin(40 * y + 8 * (x - 0.5) ** 2)
  const grey = body - 130 * (inside(0.3) + inside(0.7)) + ribs + 95 * spot
  return Math.min(Math.max(Math.round(grey), 0), 255)
}

const png = (film: number, layer: number): Uint8Array => {
  const { width, height } = exampleLayers[layer]!
  const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
    exampleGrey(film, layer, i % width, Math.floor(i / width)),
  )
  return encodePng({ width, height, pixels })
}

const name = (film: number): string => `film-${String(film + 1).padStart(3, '0')}`

/** Every fifth film is of the training part, and judged by no arm. */
const trained = (film: number): boolean => film % 5 === 4

const outcomeOf = (target: number, says: boolean): string =>
  `${says === (target === 1) ? 'true' : 'false'} ${says ? 'positive' : 'negative'}`

export const exampleViewer = (films = 24): ViewerInput => {
  const all = Array.from({ length: films }, (_, i) => i)
  const positive = (film: number): boolean => film % 3 !== 2
  /** an arm's boxes: one near the finding, now and then one elsewhere */
  const found = (film: number, arm: number) => {
    const near = positive(film) && chance(film, 20 + arm) < 0.65
    const stray = chance(film, 30 + arm) < 0.3
    const { x0, y0, x1, y1 } = finding(film)
    const shift = 0.04 * (chance(film, 40 + arm) - 0.5)
    return [
      ...(near
        ? [{ outcome: 'hit', score: 0.5 + 0.5 * chance(film, 50 + arm), box: [x0 + shift, y0, x1 + shift, y1] }]
        : []),
      ...(stray ? [{ outcome: 'false', score: 0.6 * chance(film, 60 + arm), box: [0.4, 0.7, 0.55, 0.85] }] : []),
    ]
  }
  const target = (film: number): number => (film % 3 === 0 ? 1 : 0)
  return {
    pictures: all.flatMap((film) =>
      exampleLayers.map((layer, i) => ({ film: name(film), ...layer, png: png(film, i) })),
    ),
    marks: all.flatMap((film) =>
      ['film', 'aligned'].flatMap((frame) => {
        const { width, height } = exampleLayers.find((layer) => layer.frame === frame)!
        const scaled = ([x0, y0, x1, y1]: ReadonlyArray<number>) => ({
          x0: x0! * width,
          y0: y0! * height,
          x1: x1! * width,
          y1: y1! * height,
        })
        const { x0, y0, x1, y1 } = finding(film)
        const hits = exampleArms.map((_, arm) => found(film, arm))
        const seen = exampleArms.filter((_, arm) => hits[arm]!.some(({ outcome }) => outcome === 'hit'))
        const truth = positive(film)
          ? [
              {
                film: name(film),
                frame,
                set: 'truth',
                outcome: trained(film) ? '' : seen.length > 0 ? `found by ${seen.join(', ')}` : 'missed',
                ...scaled([x0, y0, x1, y1]),
                score: NaN,
              },
            ]
          : []
        const detected = trained(film)
          ? []
          : hits.flatMap((boxes, arm) =>
              boxes.map(({ outcome, score, box }) => ({
                film: name(film),
                frame,
                set: exampleArms[arm]!,
                outcome,
                ...scaled(box),
                score,
              })),
            )
        return [...truth, ...detected]
      }),
    ),
    cases: all.flatMap((film) => {
      const known = { film: name(film), class: classes[film % 3]!, target: target(film) }
      if (trained(film)) return [{ ...known, arm: '', part: 'train', outcome: '', score: NaN, error: NaN, metric: '' }]
      return exampleArms.map((arm, i) => {
        const boxes = found(film, i)
        const score = boxes.length === 0 ? NaN : Math.max(...boxes.map((box) => box.score))
        return {
          ...known,
          arm,
          part: film % 7 === 0 ? 'validation' : 'test',
          outcome: outcomeOf(target(film), score >= 0.5),
          score,
          error: target(film) === 0 && boxes.length === 0 ? NaN : chance(film, 70 + i),
          metric,
        }
      })
    }),
  }
}
