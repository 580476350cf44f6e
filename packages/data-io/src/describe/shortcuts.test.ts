import { describe, expect, it } from '@jest/globals'
import { rsnaCohort } from '../phantom/index.ts'
import { shortcuts, viewShortcut } from './shortcuts.ts'
import { filmOf, filmsOf } from './testing/filmOf.ts'

it('the view: ½ + ½ (P(AP | 1) − P(AP | 0)), against all others and against normal films', () => {
  const films = [
    ...filmsOf(3, 'pa', { target: 1, view: 'AP' }),
    ...filmsOf(1, 'pp', { target: 1, view: 'PA' }),
    ...filmsOf(1, 'na', { view: 'AP' }),
    ...filmsOf(4, 'np', { view: 'PA' }),
    ...filmsOf(3, 'oa', { view: 'AP', class: 'Mass' }),
    ...filmsOf(2, 'ox', { view: '' }),
  ]
  const { alone, againstNormal, unknown } = viewShortcut(films)
  // positives 3/4 AP; others 4/8; normal ones 1/5
  expect(alone).toMatchObject({ films: 12, positives: 4, interval: 'newcombe' })
  expect(alone!.auc).toBeCloseTo(0.5 + 0.5 * (3 / 4 - 4 / 8), 12)
  expect(againstNormal!.auc).toBeCloseTo(0.5 + 0.5 * (3 / 4 - 1 / 5), 12)
  expect(unknown).toBe(2)
})

describe('the known answer of the phantom, whose view follows the class as far as its coupling says', () => {
  const auc = (coupling: number) => {
    const films = rsnaCohort(5, 12_000, { coupling }).map((film) =>
      filmOf(film.filmId, { view: film.view, class: film.class, target: film.class === 'Lung Opacity' ? 1 : 0 }),
    )
    const { alone, againstNormal } = viewShortcut(films)
    return [alone!.auc, againstNormal!.auc]
  }
  // P(AP) of opacities, normal films and the rest, with the shares of the last two; at coupling 0 all are as often AP
  const opacity = 0.779
  const others = (0.3317 * 0.186 + 0.443 * 0.499) / (0.3317 + 0.443)
  it.each([0, 0.5, 1])('coupling %d', (coupling) => {
    const [all, normal] = auc(coupling)
    expect(Math.abs(all! - (0.5 + (coupling * (opacity - others)) / 2))).toBeLessThan(0.015)
    expect(Math.abs(normal! - (0.5 + (coupling * (opacity - 0.186)) / 2))).toBeLessThan(0.015)
  })
})

it('no second figure where all others are normal', () => {
  expect(viewShortcut([...filmsOf(2, 'p', { target: 1 }), ...filmsOf(2, 'n', {})]).againstNormal).toBeUndefined()
})

it('age and sex: unknown ones are left out and counted', () => {
  const [, age, sex] = shortcuts([
    filmOf('a', { target: 1, age: 70, sex: 'M' }),
    filmOf('b', { target: 1, age: 50, sex: '' }),
    filmOf('c', { age: 50, sex: 'M' }),
    filmOf('d', { age: 30, sex: 'F' }),
    filmOf('e', { age: -1, sex: 'O' }),
  ])
  // 70 over 50 and 30, 50 over 30, 50 even with 50
  expect(age).toMatchObject({ variable: 'age', high: 'older', unknown: 1, alone: { auc: 3.5 / 4, films: 4 } })
  // M over F, even with M
  expect(sex).toMatchObject({ variable: 'sex', high: 'M', unknown: 2, alone: { auc: 0.75, films: 3 } })
})

it('nothing is told where nothing is known', () => {
  const [view] = shortcuts([...filmsOf(2, 'p', { target: 1, view: '' }), ...filmsOf(2, 'n', { view: '' })])
  expect(view).toMatchObject({ alone: undefined, unknown: 4 })
})
