import { expect, it } from '@jest/globals'
import { memoryCheckpoints } from './testing/memoryCheckpoints.ts'
import { trainingCourse } from './trainingCourse.ts'

const heard = () => {
  const told: unknown[] = []
  const ctx = {
    checkpoints: memoryCheckpoints(),
    signal: new AbortController().signal,
    log: (line: string) => void told.push(line),
    progress: (...of: unknown[]) => void told.push(of),
    metric: (...of: unknown[]) => void told.push(of),
  }
  return { told, ctx }
}

it('tells steps, and metrics by the product’s name', () => {
  const { told, ctx } = heard()
  const course = trainingCourse(ctx, { steps: 9, product: 'detector' })
  course.onResume(3)
  course.onStep(4)
  course.onProgress({ step: 4, logs: { loss: 0.5 } })
  expect(told).toEqual([
    'goes on after step 3 of 9, from a checkpoint',
    [3, 9, undefined, undefined],
    [4, 9, undefined, undefined],
    ['detector.loss', 0.5, 4],
  ])
})

it('where steps cost unlike much, the share of the work; where they lead somewhere, a note', () => {
  const { told, ctx } = heard()
  const course = trainingCourse(ctx, {
    steps: 10,
    product: 'generator',
    share: (done) => done / 20,
    note: (done) => `at ${done}`,
  })
  course.onResume(2)
  course.onStep(5)
  expect(told.slice(1)).toEqual([
    [2, 10, 'at 2', 0.1],
    [5, 10, 'at 5', 0.25],
  ])
})
