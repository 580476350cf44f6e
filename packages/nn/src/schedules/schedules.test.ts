import { expect, it } from '@jest/globals'
import fixture from './fixtures/torch-schedules.json' with { type: 'json' }
import { oneCycle } from './oneCycle.ts'
import { plateauInit, reduceOnPlateau } from './reduceOnPlateau.ts'
import { constantRate, cosineDecay, linearDecay, warmUp } from './Schedule.ts'

const from = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i))

const near = (actual: number[], expected: number[]): void =>
  expect(Math.max(...actual.map((a, i) => Math.abs(a - expected[i]!)))).toBeLessThan(1e-15)

it('one cycle is torch.optim.lr_scheduler.OneCycleLR', () => {
  const { cos, linear } = fixture.oneCycle
  near(from(37, oneCycle({ maxLr: 2e-3, totalSteps: 37 })), cos)
  const options = { maxLr: 2e-3, totalSteps: 20, pctStart: 0.25, divFactor: 10, finalDivFactor: 100 } as const
  near(from(20, oneCycle({ ...options, anneal: 'linear' })), linear)
  expect(oneCycle({ maxLr: 2e-3, totalSteps: 37 })(1000)).toBeCloseTo(cos[36]!, 18)
})

it('plateau is torch.optim.lr_scheduler.ReduceLROnPlateau', () => {
  const follow = (options: Parameters<typeof reduceOnPlateau>[2]): number[] => {
    let state = plateauInit(1)
    return fixture.plateau.values.map((value) => (state = reduceOnPlateau(state, value, options)).lr)
  }
  expect(follow({ factor: 0.2, patience: 4 })).toEqual(fixture.plateau.granet)
  expect(follow({ factor: 0.5, patience: 1, cooldown: 2, minLr: 0.2 })).toEqual(fixture.plateau.cooldown)
})

it('constant, line, cosine, warm-up', () => {
  expect(constantRate(0.3)(99)).toBe(0.3)
  expect(from(6, linearDecay({ from: 1, steps: 5, start: 1 }))).toEqual([1, 1, 0.75, 0.5, 0.25, 0])
  const cosine = cosineDecay({ from: 1, steps: 4 })
  expect([cosine(0), cosine(2), cosine(4), cosine(9)]).toEqual([1, 0.5, 0, 0])
  expect(from(4, warmUp(2, constantRate(8)))).toEqual([4, 8, 8, 8])
})
