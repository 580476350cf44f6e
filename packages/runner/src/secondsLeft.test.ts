import { expect, it } from '@jest/globals'
import { secondsLeft, shareDone } from './secondsLeft.ts'

it('by hand: a quarter took 30 s, three are left; of a stage that goes on, what it did before does not count', () => {
  expect(secondsLeft({ share: 0.25, from: 0, seconds: 30 })).toBe(90)
  expect(secondsLeft({ share: 0.75, from: 0.5, seconds: 30 })).toBe(30)
  expect(secondsLeft({ share: 0.5, from: 0.5, seconds: 30 })).toBeUndefined()
  expect(secondsLeft({ share: 1, from: 0.5, seconds: 30 })).toBe(0)
})

it('on a clock of its own: ten steps of 1 s and ten of 70 s, told by their seconds, leave what they take from the first step on', () => {
  const seconds = Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 70))
  const whole = 710
  let now = 0
  seconds.forEach((step, i) => {
    now += step
    expect(secondsLeft({ share: now / whole, from: 0, seconds: now })).toBeCloseTo(whole - now, 9)
    // counted, the first ten of twenty would leave as much again
    if (i === 9) expect(secondsLeft({ share: (i + 1) / 20, from: 0, seconds: now })).toBe(10)
  })
})

it('the share that a checkpoint tells, else that of its steps, where they are known', () => {
  expect(shareDone(10, { share: 0.01, total: 20 })).toBe(0.01)
  expect(shareDone(10, { share: null, total: 20 })).toBe(0.5)
  expect(shareDone(10, { share: null, total: null })).toBeUndefined()
  expect(shareDone(30, { share: null, total: 20 })).toBeUndefined()
})
