// Phantom answer 10 with as many films as the document has: 160 healthy ones to make a linear generator of, and 160 others.
import { describe, expect, it } from '@jest/globals'
import { renderFilm } from '@radiograft/data-io'
import { indicesOf } from './indicesOf.ts'
import { reconstructionDb } from './linearGenerator.ts'
import { principalComponents } from './principalComponents.ts'
import { unitFilm } from './unitFilm.ts'

const SEED = 7
const N = 160
const films = indicesOf(SEED, 'Normal', 2 * N).map((index) =>
  Float64Array.from(unitFilm(renderFilm({ seed: SEED, index, size: 64 }).pixels)),
)
const [train, test] = [films.slice(0, N), films.slice(N)]
const components = principalComponents(train)

describe('reconstruction by k components, mean dB', () => {
  const db = (k: number) => ({
    own: reconstructionDb(components, train, k),
    other: reconstructionDb(components, test, k),
  })

  it.each([
    // document: 23.6 and 23.0, 28.6 and 26.5, 42.7 and 29.1
    [8, 23.7, 22.7],
    [32, 29, 26.3],
    [128, 43.7, 29],
  ])('k %d: %f of its own films, %f of others', (k, own, other) => {
    // standard errors .2: films spread by 2 dB
    const found = db(k)
    expect(Math.abs(found.own - own)).toBeLessThan(0.6)
    expect(Math.abs(found.other - other)).toBeLessThan(0.6)
  })

  it('k 159: all of its own films, 29.3 of others (document: 29.5)', () => {
    const found = db(N - 1)
    expect(found.own).toBeGreaterThan(200) // rounding of float64
    expect(Math.abs(found.other - 29.3)).toBeLessThan(0.6)
  })
})
