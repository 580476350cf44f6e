// The settings in which PyTorch is tried on a network; the quickest is the peer.
import type { Settings } from '../Row.ts'

export const torchChoices: ReadonlyArray<Settings> = ['contiguous', 'channels-last'].flatMap((layout) =>
  ['eager', 'compile'].map((mode) => ({ layout, mode })),
)
