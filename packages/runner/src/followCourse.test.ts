import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { followCourse } from './followCourse.ts'
import type { JobEvent } from './Job.ts'
import type { RunEvent } from './RunEvent.ts'

/** seconds */
let now = 0
beforeEach(() => {
  now = 0
  jest.spyOn(performance, 'now').mockImplementation(() => now * 1000)
})
afterEach(() => void jest.restoreAllMocks())

const fingerprint = { cpu: 'c', threads: 1, arch: 'x64', platform: 'linux' }
const following = () => {
  const told: RunEvent[] = []
  const book = {
    tell: (event: RunEvent) => void told.push(event),
    update: () => {},
    leave: () => {},
    comeBack: () => {},
  }
  const { observe } = followCourse({ book, options: {}, kept: new Map(), plan: { fingerprint } }, 'fit', () => '')
  const etas = () => told.flatMap((event) => (event._tag === 'progress' ? [event.eta] : []))
  return { observe, etas }
}
const reached = (done: number, share: number): JobEvent => ({ _tag: 'progress', done, total: 20, note: '', share })

it('ten steps of 1 s, then ten of 70 s, told by the share of their seconds: what is left is right after each', () => {
  const { observe, etas } = following()
  const left: number[] = []
  for (let done = 1; done <= 20; done++) {
    now += done <= 10 ? 1 : 70
    observe(reached(done, now / 710))
    left.push(710 - now)
  }
  etas().forEach((eta, i) => expect(eta).toBeCloseTo(left[i]!, 6))
  expect(etas()).toHaveLength(20)
})

it('going on after a checkpoint: at the pace of the share since then, whatever was done before', () => {
  const { observe, etas } = following()
  now = 5 // its process starts
  const parts = [{ from: 0, run: 'r', label: 'fit', fingerprint }]
  observe({ _tag: 'resumed', step: 10, account: { parts, seconds: 999, total: 20, share: 0.2, metrics: {} } })
  observe(reached(10, 0.2))
  now = 35
  observe(reached(13, 0.5)) // .3 in 30 s
  expect(etas()[0]).toBeUndefined()
  expect(etas()[1]).toBeCloseTo(50, 6)
})

it('a checkpoint of an earlier version tells no share: its steps are taken for it', () => {
  const { observe, etas } = following()
  observe({ _tag: 'resumed', step: 10, account: { parts: [], seconds: 9, total: 20, share: null, metrics: {} } })
  now = 30
  observe(reached(15, 0.75))
  expect(etas()[0]).toBeCloseTo(30, 6)
})
