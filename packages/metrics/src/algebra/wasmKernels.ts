// The kernels in WebAssembly. Of a tile's sums eight registers hold two each; unrolled, or with six rows, it is slower by a third,
// because sixteen registers do not suffice.
import type { Kernels } from './kernels.ts'
import { TILE, WOVEN } from './layout.ts'
import {
  add,
  addDoubles,
  get,
  increase,
  inOrder,
  lane,
  load,
  loadDouble,
  loadTwice,
  multiply,
  repeat,
  set,
  store,
  storeDouble,
  subtract,
  wasmModule,
  type Code,
  type WasmFunction,
} from './wasm.ts'

const PAGE = 65_536
const DOUBLE = 8
const locals = (ints: number, pairs: number): WasmFunction['locals'] => [
  ...Array.from({ length: ints }, () => 'i32' as const),
  ...Array.from({ length: pairs }, () => 'v128' as const),
]
const each = <A>(of: ReadonlyArray<A>, code: (one: A, i: number) => Code): Code => of.flatMap(code)

const [A, B, C, K, PANELS] = [0, 1, 2, 3, 4]
const [PLACE, ROWS_LEFT] = [5, 6]
const sum = (row: number, half: number): number => 7 + 2 * row + half
const [LEFT, RIGHT, FACTOR, ZERO] = [15, 16, 17, 18]
const tileRows = [0, 1, 2, 3] as const
const halves = [LEFT, RIGHT] as const

const strip: WasmFunction = {
  params: ['i32', 'i32', 'i32', 'i32', 'i32'],
  locals: locals(2, 12),
  body: repeat(
    PANELS,
    each(tileRows, (row) => each(halves, (_, half) => set(sum(row, half), get(ZERO)))),
    set(PLACE, get(A)),
    set(ROWS_LEFT, get(K)),
    repeat(
      ROWS_LEFT,
      set(LEFT, load(get(B), 0)),
      set(RIGHT, load(get(B), 2 * DOUBLE)),
      each(tileRows, (row) =>
        inOrder(
          set(FACTOR, loadTwice(get(PLACE), row * DOUBLE)),
          each(halves, (columns, half) =>
            set(sum(row, half), add(get(sum(row, half)), multiply(get(FACTOR), get(columns)))),
          ),
        ),
      ),
      increase(PLACE, TILE * DOUBLE),
      increase(B, TILE * DOUBLE),
    ),
    each(tileRows, (row) =>
      each(halves, (_, half) => store(get(C), (TILE * row + 2 * half) * DOUBLE, get(sum(row, half)))),
    ),
    increase(C, TILE * TILE * DOUBLE),
  ),
}

const [FIRST, SECOND, OWN, VECTORS, PAIRS] = [0, 1, 2, 3, 4]
/** Of both rows: place, its elements of v, w and x, twice each, its values and its sum. */
const swept = [FIRST, SECOND].map((place, row) => {
  const [v, w, x, a, total] = [5, 6, 7, 8, 9].map((local) => local + 5 * row) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { row, place, v, w, x, a, total }
})
const [V, W, X] = [15, 16, 17]
const vectors = [V, W, X]
/** Places of v, w and x in a pair of columns. */
const places = [WOVEN.v, WOVEN.w, WOVEN.x]

const sweep: WasmFunction = {
  params: ['i32', 'i32', 'i32', 'i32', 'i32'],
  locals: locals(0, 13),
  body: inOrder(
    each(swept, ({ row, v, w, x }) =>
      each([v, w, x], (own, i) => set(own, loadTwice(get(OWN), (places[i]! + row) * DOUBLE))),
    ),
    repeat(
      PAIRS,
      each(vectors, (vector, i) => set(vector, load(get(VECTORS), places[i]! * DOUBLE))),
      each(swept, ({ place, v, w, a, total }) =>
        inOrder(
          set(a, subtract(subtract(load(get(place), 0), multiply(get(v), get(W))), multiply(get(w), get(V)))),
          store(get(place), 0, get(a)),
          set(total, add(get(total), multiply(get(a), get(X)))),
        ),
      ),
      store(
        get(VECTORS),
        WOVEN.p * DOUBLE,
        swept.reduce<Code>((p, { a, x }) => add(p, multiply(get(a), get(x))), load(get(VECTORS), WOVEN.p * DOUBLE)),
      ),
      increase(FIRST, 2 * DOUBLE),
      increase(SECOND, 2 * DOUBLE),
      increase(VECTORS, WOVEN.length * DOUBLE),
    ),
    each(swept, ({ row, total }) =>
      storeDouble(
        get(OWN),
        (WOVEN.p + row) * DOUBLE,
        addDoubles(
          loadDouble(get(OWN), (WOVEN.p + row) * DOUBLE),
          addDoubles(lane(0, get(total)), lane(1, get(total))),
        ),
      ),
    ),
  ),
}

/** What is used of WebAssembly: the language's own types do not have it. */
declare const WebAssembly:
  | {
      readonly validate: (bytes: Uint8Array) => boolean
      readonly Memory: new (of: { readonly initial: number }) => {
        readonly buffer: ArrayBuffer
        readonly grow: (pages: number) => number
      }
      readonly Module: new (bytes: Uint8Array) => object
      readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
    }
  | undefined

/** Undefined where WebAssembly has no pairs of doubles, or a page forbids it. */
export const wasmKernels = (): Kernels | undefined => {
  const bytes = wasmModule({ strip, sweep })
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return undefined
  const memory = new WebAssembly.Memory({ initial: 1 })
  let exports: unknown
  try {
    ;({ exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }))
  } catch {
    return undefined
  }
  const { strip: runStrip, sweep: runSweep } = exports as Record<'strip' | 'sweep', (...of: number[]) => void>
  return {
    reserve: (doubles) => {
      const more = Math.ceil((doubles * DOUBLE - memory.buffer.byteLength) / PAGE)
      if (more > 0) memory.grow(more)
      return new Float64Array(memory.buffer)
    },
    strip: (a, b, c, k, panels) => runStrip(a * DOUBLE, b * DOUBLE, c * DOUBLE, k, panels),
    sweep: (first, second, own, woven, pairs) =>
      runSweep(first * DOUBLE, second * DOUBLE, own * DOUBLE, woven * DOUBLE, pairs),
  }
}
