// Phantom answer 7, the realism ladder: what a global distance of films says of fakes that are worse in known ways, and what it
// cannot say. Features are no network's but means and deviations of blocks, so figures are read beside each other only. The
// document's are of 160 films a side (answer07Realism.long.test.ts), these of 64 in half the dimensions: floors are
// higher, steps are fewer floors high.
import { describe, expect, it } from '@jest/globals'
import { mean } from './mean.ts'
import { realismLadder } from './realismLadder.ts'

const found = realismLadder({ seed: 7, n: 64, dims: 16, ways: 8 })
const { floor, deals, neighbours } = found
type Deal = (typeof deals)[number]
const of = (key: keyof Deal): number[] => deals.map((deal) => deal[key])

describe('Fréchet distance to 64 films, in floors: other patients’ films, 45', () => {
  // Floors of other deals of the same patients spread by 18 %, seed 11 gives 51: tolerances are a quarter
  const near = (value: number, floors: number): void => {
    expect(value / floor).toBeGreaterThan(floors * 0.75)
    expect(value / floor).toBeLessThan(floors * 1.25)
  }

  it('is far above that of the same films through other photons: .0002 (document: .001 and 13.6)', () => {
    expect(found.copies).toBeLessThan(floor / 10_000)
    expect(found.copies).toBeGreaterThan(0)
    expect(Math.abs(floor - 45)).toBeLessThan(11)
  })

  it.each([
    ['blur', [1.03, 1.5, 2.9, 6.6]],
    ['noise', [1.06, 2, 11.1]],
    ['collapse', [1.6, 6.2, 12.6]],
  ] as const)('%s rises with every step: %j', (ladder, floors) => {
    expect(found[ladder].toSorted((a, b) => a - b)).toEqual(found[ladder])
    expect(found[ladder][0]).toBeGreaterThan(floor)
    floors.forEach((times, step) => near(found[ladder][step]!, times))
  })

  it('films in pieces and films of noise are farther than any blur', () => {
    for (const distance of found.shuffle) expect(distance).toBeGreaterThan(1.5 * found.blur[3]!)
    found.shuffle.forEach((distance, i) => near(distance, [15.4, 13.6, 13][i]!))
    expect(found.uniform).toBeGreaterThan(2 * Math.max(...found.shuffle))
    near(found.uniform, 48.6)
  })

  it('hardly sees lesions: by less than the floor depends on how the patients were dealt, where a blur of a pixel doubles it', () => {
    const middle = mean(of('healthy'))
    const spread = Math.sqrt(mean(of('healthy').map((v) => (v - middle) ** 2)))
    expect(mean(of('ill')) - middle).toBeLessThan(spread)
    expect(mean(of('blurred')) - middle).toBeGreaterThan(spread)
    for (const distance of of('ill')) expect(distance).toBeLessThan(Math.max(...of('healthy')) * 1.2)
    // the same patients with their findings: 1.06 floors, at most 1.1
    expect(mean(deals.map(({ ill, healthy }) => ill / healthy))).toBeLessThan(1.15)
  })
})

describe('KID', () => {
  it('of two halves of the patients straddles 0', () => {
    const halves = of('kernel')
    expect(Math.min(...halves)).toBeLessThan(0)
    expect(Math.max(...halves)).toBeGreaterThan(0)
    expect(Math.abs(mean(halves))).toBeLessThan(0.07) // as much as one half-against-half spreads
  })

  it('of copies is below any honest one: −.33, which is not better', () => {
    expect(found.kernelOfCopies).toBeLessThan(-0.2)
    expect(found.kernelOfCopies).toBeLessThan(1.5 * Math.min(...of('kernel')))
  })
})

describe('what stands beside a distance', () => {
  it('two films again and again: all inside the real manifold, no real film inside theirs', () => {
    expect(neighbours.collapsed.precision).toBe(1)
    expect(neighbours.collapsed.recall).toBeLessThan(0.05)
    expect(found.likeness.collapsed).toBeGreaterThan(found.likeness.others + 0.1) // MS-SSIM of pairs
  })

  it('other patients are mostly inside, copies wholly: neither tells a memoriser from a good generator', () => {
    expect(neighbours.others.precision).toBeGreaterThan(0.85) // .97
    expect(neighbours.others.recall).toBeGreaterThan(0.7) // .88
    expect(neighbours.copies).toEqual({ precision: 1, recall: 1 })
  })
})
