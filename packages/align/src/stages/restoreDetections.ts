// Detections on aligned films, brought back to the films they came from: evaluation never sees the aligned frame.
import { Detections, Films, Stage, Transforms } from '@radiograft/pipeline'

export const restoreDetections = Stage.make({
  name: 'restore-detections',
  doc: 'Detections in the aligned frame and the maps to detections in pixels of the source films.',
  rows: ['G6', 'G19'],
  resource: 'light',
  pure: true,
  params: {},
  inputs: { detections: Detections, transforms: Transforms, films: Films },
  outputs: { detections: Detections },
  entry: Stage.entry(import.meta.url, './restoreDetections.run'),
})
