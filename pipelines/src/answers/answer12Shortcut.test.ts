// Phantom answer 12, shortcuts: what a reader scores who sees no lesion but the view or the side marker, when these follow the
// class. An audit must report these numbers, and masking the corners must take the marker's back to chance.
import { describe, expect, it } from '@jest/globals'
import { renderFilm, rsnaCohort, type RsnaClass } from '@radiograft/data-io'
import { resizeArea } from '@radiograft/geometry'
import { aucScore } from '@radiograft/metrics'
// Which letter a film bears is not in its public description.
import { planFilm } from '../../../packages/data-io/src/phantom/cohorts/planFilm.ts'
import { brightDetails } from './brightDetails.ts'
import { indicesOf } from './indicesOf.ts'
import { learnedTemplate, score, type Film } from './linearReader.ts'
import { maskCorners } from './maskCorners.ts'
import { mean } from './mean.ts'
import { unitFilm } from './unitFilm.ts'

const SEED = 7
const OPACITY: RsnaClass = 'Lung Opacity'

describe('the view alone', () => {
  /** P(AP) of a class where the view follows it as on the real films, and of the two classes without opacity together. */
  const ap = { opacity: 0.779, notNormal: 0.499, normal: 0.186 }
  const rest = (0.443 * ap.notNormal + 0.3317 * ap.normal) / (0.443 + 0.3317)

  it.each([
    // measured .501/.499, .607/.652, .705/.796 (document: .497/.498, .603/.650, .705/.797)
    [0, 0.5, 0.5],
    [0.5, 0.6036, 0.6483],
    [1, 0.7072, 0.7965],
  ])('coupling %f: E of the AUC is %f against the rest, %f against normal films', (coupling, fromRest, fromNormal) => {
    expect(Math.abs(0.5 + (coupling * (ap.opacity - rest)) / 2 - fromRest)).toBeLessThan(0.001)
    expect(Math.abs(0.5 + (coupling * (ap.opacity - ap.normal)) / 2 - fromNormal)).toBeLessThan(0.001)
    const cohort = rsnaCohort(SEED, 8000, { coupling })
    const auc = (films: typeof cohort): number =>
      aucScore(
        films.map(({ view }) => (view === 'AP' ? 1 : 0)),
        films.map((film) => film.class === OPACITY),
      )
    expect(Math.abs(auc(cohort) - fromRest)).toBeLessThan(0.015) // standard error .006
    const clear = cohort.filter((film) => film.class === OPACITY || film.class === 'Normal')
    expect(Math.abs(auc(clear) - fromNormal)).toBeLessThan(0.015)
  })
})

describe('the side marker alone', () => {
  it.each([0, 0.3, 1])('told with probability %f: AUC ½ + ½(P(R|1) − P(R|0)), that is ½ + m/2', (markerCoupling) => {
    const films = Array.from({ length: 4000 }, (_, index) => planFilm(SEED, index, { markerCoupling }))
    const opaque = films.map((film) => film.class === OPACITY)
    const right = films.map(({ film }) => (film.marker === 'R' ? 1 : 0))
    const share = (label: boolean): number => mean(right.filter((_, i) => opaque[i] === label))
    const auc = aucScore(right, opaque)
    expect(auc).toBeCloseTo(0.5 + (share(true) - share(false)) / 2, 12)
    expect(Math.abs(auc - (0.5 + markerCoupling / 2))).toBeLessThan(0.015) // measured .494, .652, 1
    // one letter in ten is R where it tells nothing
    expect(Math.abs(share(false) - 0.1 * (1 - markerCoupling))).toBeLessThan(0.02)
  })
})

describe('pixels of films without lesions, whose marker tells their class', () => {
  const SIZE = 128
  const normals = indicesOf(SEED, 'Normal', 61)
  /** The findings of this one, that is none, are on every film. */
  const healthy = normals.pop()!
  const rendered = (index: number, markerCoupling: number) =>
    renderFilm({ seed: SEED, index, size: SIZE, markerCoupling, findingsOf: healthy })
  const indices = [...indicesOf(SEED, OPACITY, 60), ...normals]
  const films = indices.map((index) => {
    const { pixels, description } = rendered(index, 1)
    const film = unitFilm(pixels)
    return { ...description, film, masked: maskCorners(film, SIZE) }
  })
  const opaque = films.map((film) => film.class === OPACITY)

  /** AUC of a linear reader, mean of two halves of the films: each is read by what the other has taught. */
  const learned = (features: readonly Film[], labels: readonly boolean[], ridge: number): number => {
    const half = (k: number, label: boolean): Film[] => features.filter((_, i) => i % 2 === k && labels[i] === label)
    const aucs = [0, 1].map((k) => {
      const weights = learnedTemplate(half(1 - k, true), half(1 - k, false), ridge)
      const [yes, no] = [half(k, true), half(k, false)]
      const scores = [...yes, ...no].map((film) => score(weights, film))
      return aucScore(
        scores,
        scores.map((_, i) => i < yes.length),
      )
    })
    return mean(aucs)
  }
  const details = (of: 'film' | 'masked'): Film[] => films.map((film) => brightDetails(film[of], SIZE, 8))

  it('small bright things tell the class: AUC .948, as a shutter or an arm hides some letters', () => {
    expect(learned(details('film'), opaque, 0.01)).toBeGreaterThan(0.85)
  })

  it('with the corners masked they do not: .547, chance .5, standard error .053', () => {
    expect(Math.abs(learned(details('masked'), opaque, 0.01) - 0.5)).toBeLessThan(0.12)
  })

  it('with the corners masked a film is the same whatever the marker tells', () => {
    const told = films.slice(0, 12)
    const untold = told.map(({ index }) => unitFilm(rendered(index, 0).pixels))
    expect(untold.filter((film, i) => film.some((v, p) => v !== told[i]!.film[p])).length).toBeGreaterThan(8)
    untold.forEach((film, i) => expect(maskCorners(film, SIZE)).toEqual(told[i]!.masked))
  })

  it('a linear reader tells the view from the pixels: .83 with 60 films to learn from (document: .91)', () => {
    // so that a model that sees no lesion can still score what the view alone does; the markers are masked
    const small = films.map(({ masked }): Film => Float64Array.from(resizeArea(masked, SIZE, SIZE, 16, 16)))
    const views = films.map(({ view }) => view === 'AP')
    const auc = learned(small, views, 0.001)
    expect(auc).toBeGreaterThan(0.75)
    expect(auc).toBeLessThan(0.95)
  })
})
