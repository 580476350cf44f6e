import { expect, it } from '@jest/globals'
import * as node from '@radiograft/tensor/node'
import * as root from './index.ts'

it('exports these names', () => {
  expect(Object.keys(root).toSorted()).toEqual([
    'CompiledStepError',
    'affineGrid',
    'areaResize',
    'boxDownsample',
    'boxUpsample',
    'compileFunction',
    'compileStep',
    'exportSavedModel',
    'gridSample',
    'leakyRelu',
    'mirrorPad',
    'statelessNormal',
    'statelessUniform',
    'stepSeed',
    'withOpScope',
  ])
  expect(Object.keys(node).toSorted()).toEqual([
    'ProvisionError',
    'loadRuntime',
    'provision',
    'runtimeInfo',
    'tfjsNodeFolder',
  ])
})
