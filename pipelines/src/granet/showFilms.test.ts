// Films for the report's viewer: counts, frames and outcomes worked out by hand on tiny films.
import { inflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import type { BoxRow, DetectionRow, MetricRow, PictureRow, ScoreRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { chooseShown } from './chooseShown.ts'
import { filmOutcome } from './filmOutcome.ts'
import { markFilm } from './markFilm.ts'
import { showFilms } from './showFilms.ts'
import { run } from './showFilms.run.ts'

const box = (film: string, x0: number): BoxRow => ({ film, x0, y0: 0, x1: x0 + 4, y1: 4, label: 'opacity' })
const at = (film: string, x0: number, score: number): DetectionRow => ({ film, x0, y0: 0, x1: x0 + 4, y1: 4, score })

test('half positives, a quarter the surest false alarms, the rest at equal distances; short sides are filled up', () => {
  const candidates = Array.from({ length: 40 }, (_, i) => ({
    film: `f${String(i).padStart(2, '0')}`,
    positive: i < 20,
    surest: i >= 20 && i % 4 === 0 ? i / 100 : null, // f20, f24, … f36, the last the surest
  }))
  const shown = chooseShown(candidates, 8)
  // positives at 0, 6.3, 12.7, 19; alarms f36 and f32; of the other 18 negatives the first and the last
  expect(shown).toEqual(['f00', 'f06', 'f13', 'f19', 'f20', 'f32', 'f36', 'f39'])
  expect(chooseShown(candidates, 40)).toHaveLength(40)
  const few = candidates.filter(({ film }) => film === 'f00' || film >= 'f20')
  expect(chooseShown(few, 8)).toHaveLength(8)
  expect(chooseShown(few, 8)).toContain('f00')
  expect(chooseShown(candidates.slice(0, 22), 8)).toHaveLength(8)
  expect(chooseShown(candidates, 0)).toEqual([])
})

test('a film is found when a detection hits its box, not when anything is found on it', () => {
  const truth = [[0, 0, 4, 4]] as const
  expect(filmOutcome(true, truth, [at('f', 0, 0.9)])).toBe('true positive')
  expect(filmOutcome(true, truth, [at('f', 1, 0.9)])).toBe('true positive') // 12 of 20 pixels: .60
  expect(filmOutcome(true, truth, [at('f', 2, 0.9)])).toBe('false negative') // 8 of 24: .33
  expect(filmOutcome(true, truth, [])).toBe('false negative')
  expect(filmOutcome(false, [], [at('f', 0, 0.9)])).toBe('false positive')
  expect(filmOutcome(false, [], [])).toBe('true negative')
})

test('marks: a true box is found when any arm finds it; without an arm nothing was compared', () => {
  const found = [
    { arm: 'a', rows: [at('f', 0, 0.9), at('f', 8, 0.7)] },
    { arm: 'b', rows: [] },
  ]
  const truth = [
    [0, 0, 4, 4],
    [20, 0, 24, 4],
  ] as const
  const told = markFilm(truth, found, true).map(({ set, outcome, score }) => [set, outcome, score])
  expect(told).toEqual([
    ['truth', 'found by a', NaN],
    ['truth', 'missed', NaN],
    ['a', 'hit', 0.9],
    ['a', 'false', 0.7],
  ])
  expect(markFilm(truth, [], true).map(({ outcome }) => outcome)).toEqual(['', ''])
  expect(markFilm(truth, found, false)[0]).toMatchObject({ set: 'truth', outcome: '' })
})

const ids = filmIds(8)
const films = filmsInMemory(ids, 16, () => new Float32Array(256).fill(0.2))
/** half the size, only two of the films: a map of one bright pixel */
const map = filmsInMemory([ids[4]!, ids[6]!], 8, () =>
  Float32Array.from({ length: 64 }, (_, i) => (i === 0 ? 0.5 : 0.1)),
)
const { labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 3 ? 'train' : i < 4 ? 'validation' : 'test'),
  having: (i) => i % 2 === 0,
  patientOf: (film) => `secret-${film}`,
})
const boxes = ids.flatMap((film, i) => (i % 2 === 0 ? [box(film, 0)] : []))
const operating = (value: number): ReadonlyArray<MetricRow> => [
  { arm: '', part: 'validation', metric: 'score-threshold', value, low: NaN, high: NaN, n: 1, unit: '' },
]
const score = (film: string, value: number): ScoreRow => ({ film, patient: `secret-${film}`, metric: 'ap-rsna', value })
const inputs = {
  films: [films, map],
  labels,
  split,
  boxes: [boxes, boxes],
  detections: [
    [at(ids[4]!, 0, 0.9), at(ids[5]!, 0, 0.8), at(ids[6]!, 8, 0.7), at(ids[7]!, 0, 0.4)],
    [at(ids[4]!, 1, 0.9)],
  ],
  thresholds: [operating(0.5)],
  scores: [[score(ids[4]!, 0.75), score(ids[5]!, 0), score(ids[6]!, 0)]],
}
const params = defaultsOf(showFilms, {
  layers: ['film', 'residual'],
  frames: ['film', 'aligned'],
  maps: ['residual'],
  boxFrames: ['film', 'aligned'],
  arms: ['plain'],
  side: 8,
})
const ctx = stageContext({ threads: 0 })

/** First pixel of an 8 × 8 grey PNG: the inflated data's second byte, whatever the first row's filter is. */
const firstPixel = ({ png }: PictureRow): number => {
  const bytes = Buffer.from(png)
  const data = bytes.indexOf('IDAT')
  return inflateSync(bytes.subarray(data + 4, data + 4 + bytes.readUInt32BE(data - 4)))[1]!
}

test('each layer at one size, what is no film on a scale of its own, marks in pixels of the pictures', async () => {
  const { pictures, marks, cases } = await run({ params, inputs, ctx })
  // four test films, and both training films with a box; the map has only two films
  expect(pictures.map(({ film, layer }) => `${film} ${layer}`).toSorted()).toEqual(
    [0, 2, 4, 5, 6, 7]
      .map((i) => `${ids[i]} film`)
      .concat([4, 6].map((i) => `${ids[i]} residual`))
      .toSorted(),
  )
  for (const row of pictures) expect([row.width, row.height, row.low]).toEqual([8, 8, 0])
  const residual = pictures.find(({ layer }) => layer === 'residual')
  // two hot pixels of 128 are more than one in 200, so white is theirs
  expect(residual).toMatchObject({ order: 1, frame: 'aligned', high: 0.5 })
  expect(firstPixel(residual!)).toBe(255)
  expect(firstPixel(pictures[0]!)).toBe(51) // .2 of 255
  // boxes of 4 pixels on films of 16 are 2 on pictures of 8
  expect(marks.filter(({ film, frame }) => film === ids[4] && frame === 'film')).toEqual([
    { film: ids[4], frame: 'film', set: 'truth', outcome: 'found by plain', x0: 0, y0: 0, x1: 2, y1: 2, score: NaN },
    { film: ids[4], frame: 'film', set: 'plain', outcome: 'hit', x0: 0, y0: 0, x1: 2, y1: 2, score: 0.9 },
  ])
  expect(marks.find(({ film, frame, set }) => film === ids[4] && frame === 'aligned' && set === 'plain')?.x0).toBe(0.5)
  expect(cases.map(({ film, arm, outcome, error }) => [film, arm, outcome, error])).toEqual([
    [ids[4], 'plain', 'true positive', 0.25],
    [ids[5], 'plain', 'false positive', 1],
    [ids[6], 'plain', 'false negative', 1],
    [ids[7], 'plain', 'true negative', NaN],
    [ids[0], '', '', NaN],
    [ids[2], '', '', NaN],
  ])
  expect(cases[0]).toMatchObject({ class: 'Lung Opacity', target: 1, score: 0.9, metric: 'ap-rsna', part: 'test' })
  expect(JSON.stringify([marks, cases])).not.toContain('secret')
})

test('refuses lists that do not fit their names', async () => {
  const wrong = (given: Partial<typeof inputs>) => run({ params, inputs: { ...inputs, ...given }, ctx })
  await expect(wrong({ films: [films] })).rejects.toThrow('2 names for 1 layers')
  await expect(wrong({ detections: [] })).rejects.toThrow('2 names for 0 detections')
  await expect(wrong({ thresholds: [[]] })).rejects.toThrow('arm “plain”')
})

test('a run without films shows none', async () => {
  const none = { ...inputs, films: [], boxes: [], detections: [], thresholds: [], scores: [] }
  const shown = await run({ params: defaultsOf(showFilms), inputs: none, ctx })
  expect(shown).toEqual({ pictures: [], marks: [], cases: [] })
})
