// Our half of the benchmark's protocol: a side prepares, does one unit and reports what came out, then does as many units as
// each line `go n` on its standard input asks for. It sleeps in between. side.py is the same in Python, startSide.ts the
// other end. Reports are lines of JSON with a `bench` field; other output is ignored.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Settings } from './Row.ts'

/** What the harness adds to a row's settings. */
export interface Given {
  readonly threads: number
  /** a folder of the row, shared by its sides */
  readonly scratch: string
  readonly smoke: boolean
}

export type Numbers = Readonly<Record<string, number>>

export interface Prepared {
  /** numbers that every side that gives them must agree on, such as `parameters` */
  readonly same?: Numbers
  readonly versions?: Readonly<Record<string, string>>
  /** units of the row that one call of `unit` does @default 1 */
  readonly count?: number
  /** What the first call returns is compared with the other sides' first call. */
  readonly unit: () => Promise<Numbers | undefined> | Numbers | undefined
}

/** What a side says when it is ready. Times in seconds. */
export interface Ready {
  readonly same: Numbers
  readonly near: Numbers
  readonly versions: Readonly<Record<string, string>>
  readonly count: number
  /** preparing and the first unit, which compiles */
  readonly first: number
  /** one more unit, or the first again where that took very long */
  readonly warm: number
}

/** Seconds of the first unit from which no second one is done before the rounds. */
const VERY_LONG = 60

const secondsOf = async (work: () => unknown): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}
const report = (bench: string, body: object): void => {
  process.stdout.write(`${JSON.stringify({ bench, ...body })}\n`)
}

/** Runs a side until its input ends. @param S what the row's settings are, which come as JSON */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what the JSON holds
export const serve = async <S extends Settings>(
  prepare: (settings: S & Given) => Promise<Prepared> | Prepared,
): Promise<void> => {
  const { positionals } = parseArgs({ allowPositionals: true })
  const settings = JSON.parse(positionals[0] ?? '{}') as S & Given
  let prepared!: Prepared
  let near: Numbers | undefined
  const first = await secondsOf(async () => {
    prepared = await prepare(settings)
    near = await prepared.unit()
  })
  const { unit, same = {}, versions = {}, count = 1 } = prepared
  const warm = first > VERY_LONG ? first : await secondsOf(unit)
  report('ready', {
    same,
    near: near ?? {},
    versions: { node: process.versions.node, ...versions },
    count,
    first,
    warm,
  })
  for await (const line of createInterface({ input: process.stdin })) {
    const n = Number(line.split(' ')[1])
    const seconds = await secondsOf(async () => {
      for (let i = 0; i < n; i++) await unit()
    })
    report('round', { seconds })
  }
}
