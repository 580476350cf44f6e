// Reads what oneDNN prints of each of its primitives with ONEDNN_VERBOSE=1 and ONEDNN_VERBOSE_TIMESTAMP=1: which
// implementation ran, in which layouts, for how long. TensorFlow's own record does not tell that. Used by `radiograft profile`.
import type { NodeRow } from './readTrace.ts'

export type Primitive = {
  /** `convolution`, `matmul`, `reorder`, `eltwise` … */
  readonly kind: string
  /** `jit:avx2`, `gemm:ref`, `brgconv:avx512_core` …; what holds `ref` is plain code that is slow. */
  readonly implementation: string
  /** `forward_training`, `backward_data`, `backward_weights` or `undef`. */
  readonly propagation: string
  /** Layouts and types of its tensors, as oneDNN writes them. */
  readonly layouts: string
  /** Shapes, as oneDNN writes them. */
  readonly problem: string
  readonly milliseconds: number
  /** Since the epoch, when it was printed; absent without the timestamps. */
  readonly endMillis?: number
}

/** Lines of other programs, and halves of lines, are passed over. */
export const parseOneDnn = (text: string): ReadonlyArray<Primitive> =>
  text.split('\n').flatMap((line): Array<Primitive> => {
    const found = /onednn_verbose,(?:v1,)?(?:([\d.]+),)?primitive,exec,\w+,(.+)$/.exec(line)
    if (!found) return []
    const [kind, implementation, propagation, layouts, ...rest] = (found[2] as string).split(',')
    const milliseconds = Number(rest.at(-1))
    if (layouts === undefined || rest.length < 3 || !Number.isFinite(milliseconds)) return []
    return [
      {
        kind: kind as string,
        implementation: implementation as string,
        propagation: propagation as string,
        layouts,
        problem: rest.at(-2) as string,
        milliseconds,
        ...(found[1] !== undefined && { endMillis: Number(found[1]) }),
      },
    ]
  })

/** Plain code that oneDNN falls back to. */
export const isReference = (implementation: string): boolean => /(^|[:_])ref($|[:_])/.test(implementation)

type Shape = ReadonlyArray<number>

const key = (what: string, image: Shape, filter: Shape, maps: Shape): string => {
  const [kh, kw, , oc] = filter
  const [mb, ih, iw, ic] = image
  return [what, mb, ic, oc, ih, iw, maps[1], maps[2], kh, kw].join('|')
}

/** What the node and the primitive that computes it have in common: the sort of convolution and its shapes. */
export const convolutionKey = ({ op, inputs, output }: NodeRow): string | undefined => {
  const [a, b, c] = inputs
  if (output?.length !== 4) return undefined
  if (op.endsWith('Conv2D') && a?.length === 4 && b?.length === 4) return key('forward', a, b, output)
  if (op === 'Conv2DBackpropInput' && b?.length === 4 && c?.length === 4) return key('backward_data', output, b, c)
  if (op.startsWith('Conv2DBackpropFilter') && a?.length === 4 && c?.length === 4)
    return key('backward_weights', a, output, c)
  return undefined
}

/** The same of a primitive: `mb8_ic64oc64_ih66oh64kh3sh1dh0ph0_iw66ow64kw3sw1dw0pw0`, with `g2` before `ic` for groups. */
export const primitiveKey = ({ kind, propagation, problem }: Primitive): string | undefined => {
  if (kind !== 'convolution') return undefined
  const size = (name: string): string | undefined => new RegExp(`(?:^|[_a-z\\d])${name}(\\d+)`).exec(problem)?.[1]
  const what = propagation.startsWith('forward') ? 'forward' : propagation
  return [what, ...['mb', 'ic', 'oc', 'ih', 'iw', 'oh', 'ow', 'kh', 'kw'].map(size)].join('|')
}
