// Streams and normals against tools/oracles/random_streams.py, an independent writing of the same definitions.
import { expect, it } from '@jest/globals'
import { deriveSeed } from './deriveSeed.ts'
import fixture from './fixtures/streams.json' with { type: 'json' }
import { normalFromWord } from './normalFromWord.ts'
import { rng } from './rng.ts'

it.each(fixture.streams)('words of stream $path', ({ path, words }) => {
  const [seed, ...names] = path
  const stream = names.reduce((parent, name) => parent.fork(name), rng(seed!))
  expect(words.map(() => stream.uint32())).toEqual(words)
})

it.each(fixture.seeds)('deriveSeed of $parts', ({ parts, seed }) => {
  expect(deriveSeed(...parts)).toBe(seed)
})

it('normals are the quantiles that scipy gives', () => {
  for (const { word, normal } of fixture.normals) {
    expect(Math.abs(normalFromWord(word) - normal)).toBeLessThan(4e-15 * Math.max(1, Math.abs(normal)))
  }
})
