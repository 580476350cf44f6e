// Torch pads a convolution by the same number on both sides; TensorFlow's 'same' pads only as much as the stride needs, more at
// the end than at the start. Used by conv2d and the pools.

/** Torch's output length along one axis. */
export const convLength = (size: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1
