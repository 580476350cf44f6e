// Torch pads a convolution by the same number on both sides; TensorFlow's 'same' pads only as much as the stride needs,
// more at the end than at the start. They agree for stride 1 and odd kernels and differ for stride 2. Used by conv2d and
// the pools: torch's meaning, through TensorFlow's free padding where both give the same windows.

/** Torch's output length along one axis. */
export const convLength = (size: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1

/** Whether TensorFlow's 'same' reads the same windows along an axis as torch's `padding`. */
export const isSamePadding = (size: number, kernel: number, stride: number, padding: number): boolean => {
  const out = Math.ceil(size / stride)
  const total = Math.max((out - 1) * stride + kernel - size, 0)
  return out === convLength(size, kernel, stride, padding) && Math.floor(total / 2) === padding
}
