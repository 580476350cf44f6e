import { expect, it } from '@jest/globals'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import { checkRsna } from './checkRsna.ts'
import { filmMap, letterbox, mapBox } from '../folder/letterbox.ts'
import { readRsna, squareBoxes } from './readRsna.ts'

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

it('a 2 x 4 film in a 4 x 4 square: one line of zeros above and one below', () => {
  expect(Array.from(letterbox(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 4, 4))).toEqual([
    0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0,
  ])
  expect(filmMap(2, 4, 4)).toEqual({ scale: 1, padX: 0, padY: 1 })
  // halved: the means of 2 x 2 blocks, of which the padding is half
  expect(Array.from(letterbox(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 4, 2))).toEqual([0.75, 1.75, 2.75, 3.75])
  // a tall film of odd difference: the smaller half of the padding comes first
  expect(filmMap(5, 2, 10)).toEqual({ scale: 2, padX: 1, padY: 0 })
  expect(mapBox([0, 1, 2, 3], filmMap(5, 2, 10))).toEqual([2, 2, 6, 6])
})

it('films in order of id, averaged down, boxes with them', async () => {
  const stored = Uint8Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? 51 : 255))
  const folder = checkRsna(
    writeRsnaFixture({
      z: { class: 'Lung Opacity', boxes: [[4, 0, 4, 4]], rows: 4, columns: 8, stored },
      a: { class: 'Normal', stored: new Uint8Array(64).fill(255), photometric: 'MONOCHROME1' },
    }),
  )
  const films = await all(readRsna(folder, { size: 4 }))
  expect(films.map((film) => film.id)).toEqual(['a', 'z'])
  expect(Array.from(films[0]!.pixels)).toEqual(Array.from({ length: 16 }, () => 0))
  const fifth = Math.fround(0.2)
  expect(Array.from(films[1]!.pixels)).toEqual([0, 0, 0, 0, fifth, fifth, 1, 1, fifth, fifth, 1, 1, 0, 0, 0, 0])
  expect(films[1]!.map).toEqual({ scale: 0.5, padX: 0, padY: 2 })
  // the box covers exactly the bright half
  expect(squareBoxes(folder.films[1]!, 4)).toEqual([[2, 1, 4, 3]])
})

it('checks before the first film', async () => {
  await expect(all(readRsna('/nowhere/at/all', { size: 4 }))).rejects.toMatchObject({ _tag: 'RsnaFolderError' })
})
