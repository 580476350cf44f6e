import { expect, test } from '@jest/globals'
import type { ViewerData } from '../ViewerData.ts'
import { firstChoice } from './Choice.ts'
import type { Choice } from './Choice.ts'
import { fromFragment, toFragment } from './fragment.ts'

const odd = '</script>&=#?+ "é\u202e肺'
const one = { class: 'sick', part: 'test', target: 1, layers: [], marks: [] }
const judged = { outcome: 'true positive', score: 1, error: 0, metric: 'm' }
const data: ViewerData = {
  films: [
    { ...one, film: 'a', cases: [{ arm: 'x', ...judged }] },
    { ...one, film: odd, class: '', cases: [{ arm: odd, ...judged, outcome: odd }] },
  ],
  layers: ['film', odd],
  arms: ['x', odd],
  sets: ['truth', odd],
}

test('only what differs is written', () => {
  expect(toFragment(data, firstChoice(data))).toBe('#viewer?film=a')
})

test('all of a choice comes back', () => {
  const choice: Choice = {
    film: 1,
    search: ` ${odd}`,
    class: '',
    part: 'test',
    arm: odd,
    outcome: odd,
    against: 'x',
    sort: 'error-up',
    layers: [odd, 'film'],
    mode: 'wipe',
    wipe: 0.25,
    hidden: new Set([odd]),
    words: false,
    least: 0.5,
    invert: true,
    smooth: false,
    drag: 'move',
    view: { zoom: 2.5, x: 0.4, y: 0.6 },
    windows: new Map([['-0.5,0.5', { from: -0.1, to: 0.2 }]]),
  }
  const fragment = toFragment(data, choice)
  expect(fragment).toMatch(/^#viewer\?[\w%=&.+*-]+$/)
  expect(fromFragment(data, fragment)).toEqual(choice)
})

test.each(['', '#viewer', '#numbers', '#figure-1?film=a'])('%p is none of the viewer’s', (fragment) => {
  expect(fromFragment(data, fragment)).toBeUndefined()
})

test.each([
  'film=gone&class=gone&part=gone&arm=gone&outcome=gone&against=gone&left=gone&right=gone&hide=gone',
  'sort=__proto__&mode=constructor&drag=x&wipe=2&least=-1&zoom=0,0,0&window=0,1,5,5&window=a,b,c,d&window=0,1,2',
  'zoom=1e999,0,0&wipe=&least=NaN&%E0%A4%A',
])('what the data do not have, and what is no number, is left out: %s', (words) => {
  expect(fromFragment(data, `#viewer?${words}`)).toEqual(firstChoice(data))
})
