// Figures of answer 7: how far sets of films lie from real ones by a global distance, in a space of the reals' own block features.
// The short test takes few films, the long one as many as the document.
import { renderFilm } from '@radiograft/data-io'
import { diversity, frechetDistance, kernelDistance, precisionRecall } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import { blockSpace } from './blockFeatures.ts'
import { blurred, noisy, shuffled, uniformNoise } from './degraded.ts'
import { eightBit, otherNoise } from './otherNoise.ts'
import { unitFilm } from './unitFilm.ts'

const SIZE = 64

type Film = Float32Array

export interface LadderOptions {
  readonly seed: number
  /** films a side, of 2n patients of the cohort */
  readonly n: number
  /** principal components in which Fréchet distances are taken, fewer than n */
  readonly dims: number
  /** ways to deal the patients to the two sides, for the floor and what is compared with it */
  readonly ways: number
}

export const realismLadder = ({ seed, n, dims, ways }: LadderOptions) => {
  const patients = Array.from({ length: 2 * n }, (_, index) => {
    const { pixels, twin } = renderFilm({ seed, index, size: SIZE, bits: 16 })
    return { index, film: unitFilm(pixels), twin: unitFilm(twin).map(eightBit) }
  })
  const real = patients.slice(0, n).map(({ film }) => film.map(eightBit))
  const copies = patients.slice(0, n).map(({ index, film }) => {
    const { pixels } = renderFilm({ seed, index, size: SIZE, bits: 16, noise: 0 })
    return otherNoise(film, unitFilm(pixels), SIZE)
  })
  const films = patients.map(({ film }) => film.map(eightBit))
  const twins = patients.map(({ twin }) => twin)
  const others = films.slice(n)

  const space = blockSpace(real, SIZE, dims)
  const distance = (fakes: readonly Film[], of = space, reals: readonly Film[] = real): number =>
    frechetDistance(of.projected(reals), of.projected(fakes))
  const each = (change: (film: Film, i: number) => Film): number => distance(others.map(change))
  const noise = rng('realism')
  const collapsed = (share: number): Film[] => others.map((_, i) => others[i % Math.round(share * n)]!)

  const unsharp = twins.map((film) => blurred(film, SIZE, 1))
  const deals = Array.from({ length: ways }, (_, deal) => {
    const order = [
      ...noise
        .fork('deal')
        .fork(deal)
        .permutation(2 * n),
    ]
    const pick = (from: readonly Film[], of: readonly number[]): Film[] => of.map((i) => from[i]!)
    const [mine, theirs] = [order.slice(0, n), order.slice(n)]
    const reals = pick(twins, mine)
    const own = blockSpace(reals, SIZE, dims)
    const from = (fakes: readonly Film[]): number => distance(pick(fakes, theirs), own, reals)
    return {
      healthy: from(twins),
      ill: from(films),
      blurred: from(unsharp),
      kernel: kernelDistance(own.whole(reals), own.whole(pick(twins, theirs))),
    }
  })
  const neighbours = (fakes: readonly Film[]): { readonly precision: number; readonly recall: number } => {
    const { precision, recall } = precisionRecall(space.projected(real), space.projected(fakes))
    return { precision, recall }
  }
  const likeness = (fakes: readonly Film[]): number =>
    diversity(
      { pixels: Float32Array.from(fakes.flatMap((film) => [...film])), count: n, height: SIZE, width: SIZE },
      fakes.map((_, i) => `${i}`),
      noise.fork('pairs'),
      { pairs: 60 },
    ).value

  return {
    copies: distance(copies),
    floor: distance(others),
    /** .5, 1, 2 and 4 pixels */
    blur: [0.5, 1, 2, 4].map((sigma) => each((film) => blurred(film, SIZE, sigma))),
    /** 5, 15 and 40 grey levels */
    noise: [5, 15, 40].map((greys) => each((film, i) => noisy(film, greys, noise.fork(greys).fork(i)))),
    /** to five eighths, an eighth and a thirty-second of the films */
    collapse: [5 / 8, 1 / 8, 1 / 32].map((share) => distance(collapsed(share))),
    /** blocks of 4, 8 and 16 pixels */
    shuffle: [4, 8, 16].map((side) => each((film, i) => shuffled(film, SIZE, side, noise.fork(`${side}`).fork(i)))),
    uniform: each((_, i) => uniformNoise(SIZE, noise.fork('uniform').fork(i))),
    /** reals without findings, and fakes of the other patients without, with, and without but blurred by one pixel; KID of the first */
    deals,
    kernelOfCopies: kernelDistance(space.whole(real), space.whole(copies)),
    neighbours: { copies: neighbours(copies), others: neighbours(others), collapsed: neighbours(collapsed(1 / 32)) },
    likeness: { others: likeness(others), collapsed: likeness(collapsed(1 / 32)) },
  }
}
