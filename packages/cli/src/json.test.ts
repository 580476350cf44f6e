// `run --json`: every line is an object of the documented stream, and nothing else is on stdout.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { fileManifests } from '@radiograft/artefact-store'
import type { RunJsonEvent } from './progress/RunJsonEvent.ts'
import { jsonStream } from './progress/jsonStream.ts'
import { metricOf } from './testing/planOf.ts'
import { testWorkspace, tinyPipeline } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const tiny = ['run', tinyPipeline, '--json', '--set', 'twice=off']

type Check = (value: unknown) => boolean
const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number'
const flag: Check = (value) => typeof value === 'boolean'
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const oneOf =
  (...values: ReadonlyArray<string>): Check =>
  (value) =>
    values.includes(value as string)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => check(one))
const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Object.keys(value as object)
      .toSorted()
      .join() === Object.keys(fields).toSorted().join() &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))

const stage = object({
  label: text,
  id: text,
  stage: text,
  state: oneOf('hit', 'miss', 'unknown'),
  reason: orNull(text),
  key: orNull(text),
  expectedSeconds: orNull(number),
  checkpoint: orNull(object({ step: number, total: orNull(number) })),
  inputs: (ports) => Object.values(ports as object).every((labels) => listOf(text)(labels)),
})
const again = object({
  label: text,
  key: text,
  seconds: number,
  same: flag,
  outputs: (ports) => Object.values(ports as object).every(object({ kept: text, now: text, same: flag })),
})
/** The table of README.md, as checks: the fields of each event, all of them, no others. */
const fields: Readonly<Record<RunJsonEvent['_tag'], Readonly<Record<string, Check>>>> = {
  plan: {
    pipeline: text,
    preset: text,
    seed: number,
    run: orNull(text),
    folder: orNull(text),
    hits: number,
    misses: number,
    unknown: number,
    expectedSeconds: number,
    stages: listOf(stage),
  },
  'stage-start': { label: text, key: text, reason: text, log: text, expectedSeconds: orNull(number) },
  progress: { label: text, done: number, total: number, note: text, share: number, secondsLeft: orNull(number) },
  metric: { label: text, name: text, value: orNull(number), step: number },
  log: { label: text, message: text },
  warning: { label: text, message: text },
  resumed: { label: text, step: number, total: orNull(number) },
  checkpoint: { label: text, step: number, total: orNull(number), bytes: number, seconds: number },
  'stage-done': { label: text, key: text, hit: flag, seconds: number },
  'stage-failed': { label: text, error: text, log: text },
  'run-done': {
    run: text,
    folder: text,
    hits: number,
    computed: number,
    seconds: number,
    again: listOf(again),
    metrics: orNull(text),
    report: orNull(text),
  },
  'run-stopped': {
    run: text,
    folder: text,
    status: oneOf('failed', 'interrupted'),
    error: text,
    code: number,
    recover: text,
    kept: listOf(object({ label: text, step: number, total: orNull(number) })),
  },
  error: { code: number, name: text, message: text },
}

/** Every line parsed and held to the table. */
const eventsOf = (out: string): ReadonlyArray<RunJsonEvent> => {
  expect(out === '' || out.endsWith('\n')).toBe(true)
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const event = JSON.parse(line) as RunJsonEvent
      const known = fields[event._tag]
      expect([line, object({ _tag: text, version: (v) => v === 1, at: number, ...known })(event)]).toEqual([line, true])
      return event
    })
}
const tagsOf = (events: ReadonlyArray<RunJsonEvent>): ReadonlyArray<string> => events.map(({ _tag }) => _tag)
const last = <A>(list: ReadonlyArray<A>): A => list.at(-1)!

describe('a run', () => {
  it('from its plan to its results; what people read is on stderr', async () => {
    const folder = join(workspace.path, 'done')
    const { code, out, err } = await workspace.run([...tiny, '--out', folder])
    const events = eventsOf(out)
    expect(code).toBe(0)
    expect(tagsOf(events).filter((tag) => tag !== 'progress' && tag !== 'metric')).toEqual([
      'plan',
      'stage-start',
      'stage-done',
      'stage-start',
      'stage-done',
      'run-done',
    ])
    const [plan] = events
    expect(plan).toMatchObject({ pipeline: 'tiny', folder, hits: 0, misses: 1, unknown: 1 })
    expect(
      plan?._tag === 'plan' &&
        plan.stages.map(({ label, state, reason, inputs }) => ({ label, state, reason, inputs })),
    ).toEqual([
      { label: 'count', state: 'miss', reason: 'never computed', inputs: {} },
      { label: 'sum', state: 'unknown', reason: 'count', inputs: { squares: ['count'] } },
    ])
    const done = last(events)
    expect(done).toMatchObject({ folder, hits: 0, computed: 2, report: join(folder, 'report/index.html') })
    expect(done._tag === 'run-done' && JSON.parse(readFileSync(done.metrics!, 'utf8'))).toHaveProperty([
      'plain/test/sum',
    ])
    expect(err).toContain('done in ')
  })

  it('--dry-run and --check: the plan alone, with the exit code that they have', async () => {
    const same = await workspace.run([...tiny, '--check'])
    expect([same.code, tagsOf(eventsOf(same.out))]).toEqual([0, ['plan']])
    expect(eventsOf(same.out)[0]).toMatchObject({ run: null, folder: null, hits: 2 })
    const other = await workspace.run([...tiny, '--set', 'n=7', '--check'])
    expect([other.code, eventsOf(other.out)[0]]).toMatchObject([1, { hits: 0, misses: 1, unknown: 1 }])
    const dry = await workspace.run([...tiny, '--set', 'n=7', '--dry-run'])
    expect([dry.code, dry.err, tagsOf(eventsOf(dry.out))]).toEqual([0, '', ['plan']])
  })

  it('of one stage: its end is told too, with what --force found port by port', async () => {
    const args = [...tiny, '--set', 'n=9', '--only', 'count']
    const first = await workspace.run(args)
    expect(first.code).toBe(0)
    const done = last(eventsOf(first.out))
    expect(done).toMatchObject({ _tag: 'run-done', hits: 0, computed: 1, again: [], metrics: null, report: null })
    expect(done._tag === 'run-done' && done.folder).toContain('/.radiograft/only/')
    const forced = await workspace.run([...args, '--force'])
    expect(forced.code).toBe(0)
    const found = last(eventsOf(forced.out))
    expect(found).toMatchObject({
      _tag: 'run-done',
      computed: 1,
      again: [{ label: 'count', same: true, outputs: { squares: { same: true } } }],
    })
    // a result of the same key with other bytes, as another machine may have left it
    const store = fileManifests(join(workspace.path, '.radiograft/store'))
    const keyOf = (events: ReadonlyArray<RunJsonEvent>): string =>
      events.flatMap((event) => (event._tag === 'stage-start' ? [event.key] : []))[0]!
    const mate = eventsOf((await workspace.run([...tiny, '--set', 'n=8', '--only', 'count'])).out)
    const kept = (await store.get(keyOf(eventsOf(first.out))))!
    const foreign = (await store.get(keyOf(mate)))!
    await store.supersede(kept.key)
    await store.commit({ ...kept, outputs: foreign.outputs })
    const differs = await workspace.run([...args, '--force'])
    const squares = { kept: foreign.outputs['squares']!.digest, now: kept.outputs['squares']!.digest, same: false }
    expect([differs.code, last(eventsOf(differs.out))]).toMatchObject([
      1,
      { _tag: 'run-done', again: [{ label: 'count', same: false, outputs: { squares } }] },
    ])
  })

  it('that fails: the stage, then how the run ended and what to do', async () => {
    const { code, out, err } = await workspace.run([...tiny, '--set', 'fail=true'])
    const events = eventsOf(out)
    expect([code, tagsOf(events).slice(-2)]).toEqual([1, ['stage-failed', 'run-stopped']])
    expect(last(events)).toMatchObject({ status: 'failed', code: 1, error: "Stage 'count' failed at node 'count'." })
    const recover = (last(events) as { readonly recover: string }).recover
    expect(recover).toContain('RangeError: the squares ran out')
    expect(recover).toContain('--only count --in-process --inspect')
    expect(err).toContain("error: Stage 'count' failed")
  })

  it('that is stopped', async () => {
    const run = workspace.start([...tiny, '--set', 'n=50', '--set', 'pause=200'])
    while (!run.out().includes('"done":2')) await new Promise((next) => setTimeout(next, 20))
    run.process.kill('SIGTERM')
    const { code, out } = await run.ended
    expect([code, last(eventsOf(out))]).toMatchObject([143, { _tag: 'run-stopped', status: 'interrupted', code: 143 }])
  })

  it('whose reader wants no more stops, in silence', async () => {
    const folder = join(workspace.path, 'head')
    const run = workspace.start([...tiny, '--set', 'n=51', '--set', 'pause=200', '--out', folder])
    while (!run.out().includes('\n')) await new Promise((next) => setTimeout(next, 20))
    run.process.stdout!.destroy()
    const { code, err } = await run.ended
    expect(code).toBe(141)
    expect(err).not.toMatch(/Stopp|error/)
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toContain('"status": "interrupted"')
  })
})

it('--help is on stdout, as text', async () => {
  const { code, out, err } = await workspace.run(['run', '--json', '--help'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^radiograft run /)
})

it.each([
  [['--set', 'nn=3'], 'UnknownNameError', /did you mean 'n'\?/],
  [['--nonsense'], 'UsageError', /unknown flag '--nonsense'/],
  [['--data', '/nowhere/films'], 'UsageError', /there is no such folder/],
])('what is wrong before the plan is one object too: %j', async (args, name, message) => {
  const { code, out, err } = await workspace.run([...tiny, ...args])
  const events = eventsOf(out)
  expect([code, events]).toMatchObject([2, [{ _tag: 'error', code: 2, name }]])
  expect((events[0] as { readonly message: string }).message).toMatch(message)
  expect(err).toMatch(message)
})

it('numbers that JSON does not have are null, and what a terminal would obey is written out', () => {
  let out = ''
  const stream = jsonStream(
    (line) => (out += line),
    () => {},
  )
  stream.observe(metricOf('a\u009B2J\u202E', 'loss', Number.NaN))
  stream.observe({ _tag: 'log', label: 'a', message: '\u001B[2J 🫁' })
  const [metric, log] = eventsOf(out)
  expect(metric).toMatchObject({ value: null, label: 'a\u009B2J\u202E' })
  expect(log).toMatchObject({ message: '\u001B[2J 🫁' })
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})
