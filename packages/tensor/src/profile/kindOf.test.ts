import { expect, it } from '@jest/globals'
import { ownOps } from '../compile/ownOps.ts'
import { kindOf } from './kindOf.ts'

it.each([
  ['generator/norm1/n1_Mul', 'Mul', 'norm'],
  ['generator/norm1/n1_Mean', 'Mean', 'norm'],
  ['generator/conv1/n1_Mul', 'Mul', 'elementwise'],
  // the norm of all gradients is no layer
  ['globalNorm/n1_RadiograftSquaredSum', 'RadiograftSquaredSum', 'reduction'],
  ['discriminator/globalNorm/n1_Mul', 'Mul', 'elementwise'],
  ['n1_RadiograftSquaredSum', 'RadiograftSquaredSum', 'reduction'],
  ['body/conv/n1_RadiograftWinograd', 'RadiograftWinograd', 'convolution forward'],
  ['body/conv/grad/n1_RadiograftWinograd', 'RadiograftWinograd', 'convolution backward input'],
] as const)('%s: %s is of the kind %s', (node, op, kind) => {
  const row = { node, op, startMicros: 0, micros: 1, thread: 0, inputs: [[8]], output: [8], outputBytes: 32 }
  expect(kindOf(row)).toBe(kind)
})

it('kernels of our own are of a kind, whatever their shapes', () => {
  for (const op of Object.keys(ownOps)) {
    const row = {
      node: `n1_${op}`,
      op,
      startMicros: 0,
      micros: 1,
      thread: 0,
      inputs: [[8]],
      output: [],
      outputBytes: 4,
    }
    expect([op, kindOf(row)]).not.toEqual([op, 'other op'])
  }
})
