import { nearestRows, rowPairs } from '@radiograft/geometry'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import { checkNeighbours, precisionRecall } from './precisionRecall.ts'

/**
 * Precision or recall as a measure. In a resample both the films that are judged and those that make the manifold are drawn; a film's copies are not its
 * neighbours (they would shrink its ball to a point), so its radius is the distance to the k-th nearest other film that was drawn.
 */
export const manifoldMeasure = (
  which: 'precision' | 'recall',
  { k = 3 }: { readonly k?: number } = {},
): FeatureMeasure => ({
  protocol: `${which}-k${k}`,
  biasedByN: true,
  range: [0, 1],
  dims: (columns) => columns,
  value: (real, fake) => precisionRecall(real, fake, { k })[which],
  resampler: (real, fake) => {
    checkNeighbours(real, fake, k)
    if (which === 'precision') {
      const share = shareInside(fake, real, k)
      return ([ofReal, ofFake]) => share(ofFake!, ofReal!)
    }
    const share = shareInside(real, fake, k)
    return ([ofReal, ofFake]) => share(ofReal!, ofFake!)
  },
})

/** Films of the manifold that surely hold a judged film, beyond which no more are remembered: one of 40 is drawn, but for a chance of 1e-17. */
const enough = 40

const shareInside = (judged: OwnedFeatures, manifold: OwnedFeatures, k: number) => {
  // all but a chance of 1e-9 of the k-th drawn neighbour lies among the nearest 4k + 28
  const { count, squared, index } = nearestRows(manifold, 4 * k + 28)
  const balls: { readonly film: number[]; readonly squared: number[]; sure: number }[] = Array.from(
    { length: judged.rows },
    () => ({ film: [], squared: [], sure: 0 }),
  )
  rowPairs(judged, manifold, 'squared-distance', (j, i, value) => {
    const ball = balls[j]!
    if (ball.sure >= enough || value > squared[i * count + count - 1]!) return
    ball.film.push(i)
    ball.squared.push(value)
    if (value <= squared[i * count + k - 1]!) ball.sure += 1
  })
  const radii = new Float64Array(manifold.rows)
  return (ofJudged: Uint16Array, ofManifold: Uint16Array): number => {
    const drawn = (film: number): boolean => ofManifold[manifold.owners.owner[film]!]! > 0
    for (let i = 0; i < manifold.rows; i++) {
      let at = i * count
      const last = at + count - 1
      for (let found = 0; ; at++) {
        if (drawn(index[at]!)) found += 1
        if (found === k || at === last) break
      }
      radii[i] = drawn(i) ? squared[at]! : -1
    }
    let [inside, all] = [0, 0]
    balls.forEach(({ film, squared: distances }, j) => {
      const weight = ofJudged[judged.owners.owner[j]!]!
      if (weight === 0) return
      all += weight
      if (film.some((i, at) => distances[at]! <= radii[i]!)) inside += weight
    })
    return inside / all
  }
}
