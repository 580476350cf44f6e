// Which kernels of our own compute convolutions in place of TensorFlow's, which are oneDNN's. Chosen where the runtime is set up
// (`node/measureKernels`), used by `portable`.

/**
 * `filterGradient`: the gradient by the filter. `winograd`: 3×3 of stride 1 and their gradients. Those that begin with narrow have
 * products in bfloat16, for steps that compute so: the same two, and `narrowConvolve`, of any filter and stride.
 */
export const convolutionKernels = [
  'filterGradient',
  'winograd',
  'narrowConvolve',
  'narrowFilterGradient',
  'narrowWinograd',
] as const
export type ConvolutionKernel = (typeof convolutionKernels)[number]

/** Whether each is used. */
export type KernelChoice = Readonly<Record<ConvolutionKernel, boolean>>

export const isNarrow = (kernel: ConvolutionKernel): boolean => kernel.startsWith('narrow')

export const choice = (isUsed: (kernel: ConvolutionKernel) => boolean): KernelChoice =>
  Object.fromEntries(convolutionKernels.map((kernel) => [kernel, isUsed(kernel)])) as KernelChoice

export const noConvolutions = choice(() => false)
