import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { pixelExtractor } from './extractors/pixelExtractor.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'

const films = { pixels: rng('films').uniforms(3 * 16), count: 3, height: 4, width: 4 }

test('films one after another give the rows of all at once, whatever the batch', async () => {
  const arrays = [0, 1, 2].map((i) => films.pixels.slice(16 * i, 16 * i + 16))
  const whole = await pixelExtractor(2).extract(films)
  for (const batch of [1, 2, 3, 9]) {
    const rows: number[] = []
    for await (const row of rowsOfFilms(pixelExtractor(2), arrays, films, batch)) rows.push(...row)
    expect(rows).toEqual([...whole.values])
  }
})
