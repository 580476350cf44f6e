import { expect, it } from '@jest/globals'
import * as node from '@radiograft/tensor/node'
import * as root from './index.ts'

it('exports these names', () => {
  expect(Object.keys(root).toSorted()).toEqual([
    'CompiledStepError',
    'SecondOrderError',
    'adamUpdate',
    'affine',
    'affineGrid',
    'areaResize',
    'boxDownsample',
    'boxUpsample',
    'compileFunction',
    'compileStep',
    'convolve',
    'convolveTranspose',
    'exportSavedModel',
    'giveMemoryBack',
    'gridSample',
    'inputGradient',
    'leakyRelu',
    'maxPool',
    'mirrorPad',
    'normalise',
    'squaredSum',
    'statelessNormal',
    'statelessUniform',
    'stepSeed',
    'storedFilms',
    'withOpScope',
    'withPortableOps',
  ])
  expect(Object.keys(node).toSorted()).toEqual([
    'PROFILE_VARIABLE',
    'PrecisionError',
    'ProvisionError',
    'knownPrecision',
    'loadRuntime',
    'measureKernels',
    'measurePrecision',
    'parseOneDnn',
    'provision',
    'runtimeInfo',
    'summariseRecording',
    'tfjsNodeFolder',
  ])
})
