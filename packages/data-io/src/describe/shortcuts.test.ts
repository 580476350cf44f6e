import { expect, it } from '@jest/globals'
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
