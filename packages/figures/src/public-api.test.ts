import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'FigureError',
    'detectionBox',
    'encodePng',
    'filmStrip',
    'forestPicture',
    'forestPlot',
    'formatNumber',
    'greySheet',
    'groundTruthBox',
    'histogram',
    'histogramPicture',
    'linePicture',
    'linePlot',
    'palette',
    'panelPicture',
    'panelPlot',
    'pictureGrid',
    'seriesColours',
  ])
})
