// The settings in which PyTorch is tried on a network; the quickest is the peer.
import type { Settings } from '../Row.ts'

const choices = (modes: ReadonlyArray<string>): ReadonlyArray<Settings> =>
  ['contiguous', 'channels-last'].flatMap((layout) => modes.map((mode) => ({ layout, mode })))

export const torchChoices = choices(['eager', 'compile'])

/** Without gradients the compiler can fold batch norms into convolutions and lay the weights out anew (torch's `freezing`). */
export const torchInferenceChoices = choices(['eager', 'compile', 'compile and freeze'])
