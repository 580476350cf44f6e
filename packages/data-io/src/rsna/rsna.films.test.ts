import { expect, it } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { checkRsna } from './checkRsna.ts'
import { readRsna, squareBoxes } from './readRsna.ts'
import { readRsnaTables } from './readRsnaTables.ts'
import { summariseRsna } from './summariseRsna.ts'

it('G2: the counts of the shared tables', () => {
  expect(summariseRsna(readRsnaTables(filmsFolder('tables')))).toEqual({
    rows: 29_897,
    boxes: 9_484,
    films: 26_376,
    positives: 5_963,
    boxesPerPositive: [2_586, 3_246, 118, 13],
    classes: { Normal: 8_770, 'No Lung Opacity / Not Normal': 11_643, 'Lung Opacity': 5_963 },
    patients: 11_298,
    boxWidths: [40, 217, 528],
    boxHeights: [46, 299, 942],
  })
})

it('rsna-mini: 151 films of as many patients, 25 boxes, all of them on their films', async () => {
  const folder = checkRsna(filmsFolder('rsna-mini'))
  expect(folder.summary).toMatchObject({
    films: 151,
    positives: 20,
    boxes: 25,
    classes: { 'Lung Opacity': 20, Normal: 71, 'No Lung Opacity / Not Normal': 60 },
    patients: 151,
  })
  expect(folder.patientsKnown).toBe(true)
  expect(new Set(folder.films.map((film) => film.view))).toEqual(new Set(['PA', 'AP']))
  expect(folder.films.every((film) => film.age > 0 && (film.sex === 'F' || film.sex === 'M'))).toBe(true)
  expect(folder.films.flatMap((film) => squareBoxes(film, 128)).every((box) => Math.max(...box) <= 128)).toBe(true)

  const ids: string[] = []
  for await (const { id, pixels } of readRsna(folder, { size: 64 })) {
    ids.push(id)
    expect(pixels).toHaveLength(64 * 64)
    expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...pixels)).toBeLessThanOrEqual(1)
  }
  expect(ids).toEqual(folder.films.map((film) => film.film))
  expect(ids).toEqual(ids.toSorted())
})

it('a folder of other files is refused in words', () => {
  expect(() => checkRsna(filmsFolder('rsna-mini-64'))).toThrow(/holds no \.dcm file, only others such as/)
})
