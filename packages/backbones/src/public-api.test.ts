import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'featurePyramid',
    'resnet18',
    'resnet18Channels',
    'resnet18ChannelsOf',
    'resnet18FromTorch',
  ])
})
