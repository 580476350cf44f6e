// How many operations on numbers an op is, from its shapes alone. Used by `readTrace`, for rates.

type Shape = ReadonlyArray<number>

const product = (shape: Shape): number => shape.reduce((sum, size) => sum * size, 1)

/** Two for each multiplication with its addition, over all positions of `maps` [B, H, W, C']; filter [kh, kw, C/groups, C']. */
const convolution = (maps: Shape | undefined, filter: Shape | undefined): number | undefined =>
  maps?.length === 4 && filter?.length === 4 ? 2 * product(maps) * product(filter.slice(0, 3)) : undefined

/** A product [.., m, k] · [.., k, n] from its output and both inputs, however they are transposed. */
const matrixProduct = (a: Shape | undefined, b: Shape | undefined, out: Shape | undefined): number | undefined => {
  if (!a || !b || !out || a.length < 2 || b.length < 2) return undefined
  // elements: a has m·k, b has k·n, the output m·n, each times the batch
  const batch = product(out.slice(0, -2))
  const [ab, bb, ob] = [product(a.slice(-2)), product(b.slice(-2)), product(out.slice(-2))]
  return ob === 0 ? 0 : 2 * batch * Math.sqrt(ab * bb * ob)
}

/** @returns undefined for ops that are no convolution or matrix product, or whose shapes are not known. */
export const floatingWork = (
  op: string,
  inputs: ReadonlyArray<Shape>,
  output: Shape | undefined,
): number | undefined => {
  switch (op.replace(/^Fused/, '').replace(/WithBias$/, '')) {
    case 'Conv2D':
    case 'RadiograftNarrowConvolve':
      return convolution(output, inputs[1])
    case 'Conv2DBackpropInput':
      return convolution(inputs[2], inputs[1])
    case 'Conv2DBackpropFilter':
      return convolution(inputs[2], output)
    // those of ours (`node/kernels`); by Winograd's way they need fewer, and are counted as the others are
    case 'RadiograftWinograd':
      return output?.length === 4 && inputs[1] ? 2 * product(output.slice(0, 3)) * product(inputs[1]) : undefined
    case 'RadiograftConvFilterGradient':
    case 'RadiograftWinogradFilterGradient':
      return convolution(inputs[1], output)
    case 'RadiograftNarrowConvolveBack':
      return convolution(inputs[0], inputs[1])
    case 'MatMul':
    case 'BatchMatMul':
    case 'BatchMatMulV2':
      return matrixProduct(inputs[0], inputs[1], output)
    default:
      return undefined
  }
}
