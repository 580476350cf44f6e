import { expect, test } from '@jest/globals'
import { AlignError } from './AlignError.ts'
import { chooseReference, meanFilm } from './chooseReference.ts'

const films = (...rows: ReadonlyArray<ReadonlyArray<number>>): Float32Array[] =>
  rows.map((row) => Float32Array.from(row))

test('the mean film, by hand', async () => {
  expect(await meanFilm(films([0, 1], [1, 0], [0.5, 0.5], [0.5, 1]))).toEqual(Float32Array.of(0.5, 0.625))
})

test('the film nearest the mean, by hand: squared distances 1/4, 1/16, 1/16 from the mean (.5, .25)', async () => {
  expect(await chooseReference(() => films([0.5, 0.75], [0.5, 0], [0.5, 0]))).toBe(1)
  // mean (.5, 0); distances .25, 0, .25
  expect(await chooseReference(() => films([0, 0], [0.5, 0], [1, 0]))).toBe(1)
})

test('the first of equals', async () => {
  expect(await chooseReference(() => films([0, 0], [1, 0]))).toBe(0)
  expect(await chooseReference(() => films([9, 9], [0, 0], [0, 0]))).toBe(1)
})

test('it makes two passes and holds one film at a time', async () => {
  let passes = 0
  const shared = new Float32Array(2) // overwritten by every film: whoever kept one would see the last
  const pass = async function* (): AsyncGenerator<Float32Array> {
    passes++
    for (const film of films([0, 0], [0.4, 0], [1, 0])) {
      shared.set(film)
      yield shared
    }
  }
  expect(await chooseReference(pass)).toBe(1)
  expect(passes).toBe(2)
})

test('no film, or films of several sizes, are errors that say what to do', async () => {
  await expect(chooseReference(() => [])).rejects.toThrow('films: there is none to choose a reference from')
  const failed = chooseReference(() => films([0, 0], [1]))
  await expect(failed).rejects.toBeInstanceOf(AlignError)
  await expect(failed).rejects.toThrow('film 1: it has 1 pixels, those before it 2: resize them first')
  await expect(failed).rejects.toMatchObject({ _tag: 'AlignError', subject: 'film 1' })
})
