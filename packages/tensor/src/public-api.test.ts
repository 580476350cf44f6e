import { expect, it } from '@jest/globals'
import * as node from '@radiograft/tensor/node'
import * as root from './index.ts'

it('exports these names', () => {
  expect(Object.keys(root).sort()).toEqual([
    'CompiledStepError',
    'affineGrid',
    'boxDownsample',
    'boxUpsample',
    'compileFunction',
    'compileStep',
    'gridSample',
    'leakyRelu',
    'mirrorPad',
    'statelessNormal',
    'statelessUniform',
    'stepSeed',
    'withOpScope',
  ])
  expect(Object.keys(node).sort()).toEqual([
    'ProvisionError',
    'loadRuntime',
    'provision',
    'runtimeInfo',
    'tfjsNodeFolder',
  ])
})
