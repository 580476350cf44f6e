// A stage that is stopped, killed or fails in the middle goes on at its last checkpoint, by the same command, and ends as if
// nothing had happened: its artefact's digest, its metrics and their steps equal those of a run that was left alone.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { fileManifests } from '@radiograft/artefact-store'
import type { Manifest } from '@radiograft/artefact-store'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { StageFailedError } from './errors.ts'
import { planOnly } from './planOnly.ts'
import { newestCheckpoint } from './newestCheckpoint.ts'
import type { JournalLine, RunEvent } from './RunEvent.ts'
import type { RunResult } from './RunResult.ts'
import { planTiny, runTiny } from './testing/runTiny.ts'
import type { TinyRun } from './testing/runTiny.ts'
import { spawnTiny } from './testing/spawnTiny.ts'
import { makeTinyWorkspace } from './testing/tinyWorkspace.ts'
import type { TinyWorkspace } from './testing/tinyWorkspace.ts'

// processes start slowly on a busy machine
jest.setTimeout(120_000)

let tiny: TinyWorkspace
let trained: TinyRun
beforeAll(() => {
  // what an entry prints in this process
  jest.spyOn(console, 'log').mockImplementation(() => {})
  tiny = makeTinyWorkspace()
  trained = { ...tiny, pipeline: tiny.training }
})
afterAll(() => tiny.remove())

/** Every key has its own: what one test leaves another does not meet. */
let strength = 0
const freshSets = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  'train.steps': '30',
  'train.pause': '4',
  'train.size': String(4 + ++strength),
  ...more,
})

interface Outcome {
  readonly result: RunResult
  readonly events: ReadonlyArray<RunEvent>
  readonly manifest: Manifest
}
const run = async (given: Partial<TinyRun>): Promise<Outcome> => {
  const events: RunEvent[] = []
  const result = await runTiny({ ...trained, ...given, observe: (event) => events.push(event) })
  const { key } = result.record.nodes[0]!
  const manifests = fileManifests((given.workspace ?? tiny.workspace).store)
  return { result, events, manifest: (await manifests.get(key!))! }
}
/** The same in a store of its own, by a run that nothing disturbs. */
const straight = (sets: Readonly<Record<string, string>>): Promise<Outcome> =>
  run({
    sets,
    workspace: { ...tiny.workspace, store: join(tiny.workspace.root, `alone-${strength}`) },
  })

const stepsOf = (events: ReadonlyArray<RunEvent | JournalLine>): ReadonlyArray<readonly [number, number]> =>
  events.flatMap((event) =>
    event._tag === 'metric' && event.name === 'loss' ? [[event.step, event.value] as const] : [],
  )
const resumedAt = (events: ReadonlyArray<RunEvent | JournalLine>): number | undefined =>
  events.flatMap((event) => (event._tag === 'resumed' ? [event.step] : []))[0]
const folders = (name: 'checkpoints' | 'graphs'): ReadonlyArray<string> => {
  const folder = join(tiny.workspace.store, name)
  return existsSync(folder) ? readdirSync(folder) : []
}
/** What there is of a key, step by step: the newest last. */
const kept = (key: string): ReadonlyArray<{ readonly step: number; readonly path: string }> => {
  const folder = join(tiny.workspace.store, 'checkpoints', key)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((attempt) =>
      readdirSync(join(folder, attempt))
        .filter((name) => /^[0-9]+$/.test(name))
        .map((name) => ({ step: Number(name), path: join(folder, attempt, name) })),
    )
    .toSorted((a, b) => a.step - b.step)
}
const keyOf = async (sets: Readonly<Record<string, string>>): Promise<string> => {
  const [node] = (await planTiny({ ...trained, sets })).nodes
  if (node?.status._tag !== 'miss') throw new Error('expected a miss')
  return node.status.key
}
/** What the run that goes on and the one left alone must have in common. */
const expectAsStraight = async (sets: Readonly<Record<string, string>>, after: Outcome): Promise<void> => {
  const alone = await straight(sets)
  expect(after.manifest.outputs).toEqual(alone.manifest.outputs)
  expect(after.manifest.metrics).toEqual(alone.manifest.metrics)
  // from the step at which it went on, each once, with the same values
  const from = resumedAt(after.events) ?? 0
  expect(stepsOf(after.events)).toEqual(stepsOf(alone.events).filter(([step]) => step > from))
  // nothing is left that a committed stage needs no more
  expect(folders('checkpoints')).not.toContain(after.manifest.key)
  expect(folders('graphs')).not.toContain(after.manifest.key)
}
/** Runs in this process until its child says this, then does that; answers what the run rejects with. */
const until = async (
  sets: Readonly<Record<string, string>>,
  message: string,
  act: (pid: number) => void,
  more: Partial<TinyRun> = {},
): Promise<{ readonly error: unknown; readonly events: ReadonlyArray<RunEvent> }> => {
  const events: RunEvent[] = []
  let pid = 0
  const error = await runTiny({
    ...trained,
    ...more,
    sets,
    observe: (event) => {
      events.push(event)
      if (event._tag !== 'log') return
      if (event.message.startsWith('pid ')) pid = Number(event.message.slice(4))
      if (event.message === message) act(pid)
    },
  }).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  return { error, events }
}
const kill = (pid: number): void => void process.kill(pid, 'SIGKILL')

/** A run in a process of its own, which is killed when its child says this; the child too, where it is asked for. */
const killParent = async (
  sets: Readonly<Record<string, string>>,
  message: string,
  also: 'its child' | 'nobody else',
): Promise<void> => {
  const parent = spawnTiny(tiny.workspace.root, sets, 'export TINY_PIPELINE=training;')
  const pid = Number(String((await parent.line('message', /^pid /))!['message']).slice(4))
  expect(await parent.line('message', new RegExp(`^${message}$`))).toBeDefined()
  if (also === 'its child') kill(pid)
  parent.process.kill('SIGKILL')
  await parent.ended
  // an orphan finishes its step, saves, and ends
  for (const end = performance.now() + 20_000; performance.now() < end; await wait(20))
    if (!existsSync(`/proc/${pid}`) || /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return
  throw new Error('the child lives on')
}

describe('killed', () => {
  it('the child, with SIGKILL: the failure says what is kept, the same goes on there', async () => {
    const sets = freshSets()
    const key = await keyOf(sets)
    const { error, events } = await until(sets, 'done 13', kill)
    // a busy machine may hear of step 13 only after step 15 was saved
    const { step } = (error as StageFailedError).kept!
    expect([10, 15, 20, 25]).toContain(step)
    expect(error).toMatchObject({
      _tag: 'StageFailedError',
      failure: { name: 'ProcessDied' },
      kept: { step, total: 30, folder: join(tiny.workspace.store, 'checkpoints', key) },
    })
    expect((error as Error).message).toContain(
      `\n  kept: step ${step} of 30, in ${(error as StageFailedError).kept!.folder}`,
    )
    expect(events.at(-1)).toMatchObject({ _tag: 'run-stopped', kept: [{ label: 'train', step, total: 30 }] })
    expect(kept(key).at(-1)!.step).toBe(step)

    // the plan says so, with what is left by the pace so far
    const [planned] = (await planTiny({ ...trained, sets })).nodes
    expect(planned!.status).toMatchObject({
      _tag: 'miss',
      reason: 'never computed',
      checkpoint: { step, total: 30 },
    })
    const { secondsLeft } = (planned!.status as { checkpoint: { secondsLeft: number } }).checkpoint
    expect(secondsLeft).toBeGreaterThan((30 - step) * 0.004)
    expect(planned!.seconds).toBe(secondsLeft)
    // a later step of this stage costs more: of 30 steps, n are (n/30)² of its work
    const { account } = (await newestCheckpoint(tiny.workspace.store, key))!
    expect(account.share).toBeCloseTo((step / 30) ** 2, 12)
    expect(secondsLeft).toBeCloseTo((account.seconds * (1 - account.share!)) / account.share!, 9)

    const after = await run({ sets })
    expect(resumedAt(after.events)).toBe(step)
    const told = after.events.flatMap((event) => (event._tag === 'progress' ? [event] : []))
    for (const { done, total, share } of told) expect([total, share]).toEqual([30, (done / 30) ** 2])
    expect(told.at(-1)).toMatchObject({ done: 30, share: 1, eta: 0 })
    expect(after.events.find(({ _tag }) => _tag === 'stage-start')).toMatchObject({
      continues: { step, run: expect.stringMatching(/training-quick/), label: 'train' },
      expected: secondsLeft,
    })
    expect(after.result.record.nodes[0]).toMatchObject({ status: 'computed', resumedAt: step })
    const first = (events.find(({ _tag }) => _tag === 'plan') as { readonly run: string }).run
    expect(after.manifest.parts).toEqual([
      { from: 0, run: first, label: 'train', fingerprint: after.manifest.fingerprint },
      { from: step, run: after.result.run, label: 'train', fingerprint: after.manifest.fingerprint },
    ])
    // what a metric was told only before it was killed stays
    expect(after.manifest.metrics['first']).toBeCloseTo(3.99 * (1 / 6) * (5 / 6), 3)
    // both parts together, of which the steps after the checkpoint count once
    expect(after.manifest.seconds).toBeGreaterThan(30 * 0.004)
    await expectAsStraight(sets, after)
    // the journal of each run has its steps once
    const journal = readFileSync(join(after.result.folder, 'events.ndjson'), 'utf8').trim().split('\n')
    const lines = journal.map((line) => JSON.parse(line) as JournalLine)
    expect(stepsOf(lines)).toEqual(stepsOf(after.events))
    expect(resumedAt(lines)).toBe(step)
  })

  it('again and again, at a random step: each time further, and the same in the end', async () => {
    const sets = freshSets({ 'train.every': '3' })
    for (const step of [5, 14, 22]) await until(sets, `done ${step}`, kill)
    const after = await run({ sets })
    const from = after.manifest.parts!.map((part) => part.from)
    expect(from.length).toBe(4)
    // at least there: a busy machine may hear of a step only after a later one was saved
    for (const [i, least] of [0, 3, 12, 21].entries()) {
      expect(from[i]! % 3).toBe(0)
      expect(from[i]).toBeGreaterThanOrEqual(least)
    }
    await expectAsStraight(sets, after)
  })

  it('the parent: the orphan finishes its step, saves, and ends, though nobody hears what it prints', async () => {
    const sets = freshSets({ 'train.every': '1000', 'train.pause': '30' })
    const key = await keyOf(sets)
    await killParent(sets, 'done 7', 'nobody else')
    const [only, ...others] = kept(key)
    expect(others).toEqual([])
    expect(only!.step).toBeGreaterThanOrEqual(7)
    expect(only!.step).toBeLessThan(30)
    const after = await run({ sets })
    expect(resumedAt(after.events)).toBe(only!.step)
    await expectAsStraight(sets, after)
  })

  it('both', async () => {
    const sets = freshSets()
    await killParent(sets, 'done 8', 'its child')
    const after = await run({ sets })
    expect([5, 10, 15, 20, 25]).toContain(resumedAt(after.events))
    await expectAsStraight(sets, after)
  })

  it('while a checkpoint is written, some milliseconds after it was begun', async () => {
    // 16 MB, so that it takes a while
    const sets = freshSets({ 'train.size': String(2_000_000 + strength), 'train.steps': '7', 'train.every': '2' })
    const resumed: Array<number | undefined> = []
    for (const [step, delay] of [
      [2, 0],
      [4, 4],
      [6, 12],
    ] as const) {
      const { error, events } = await until(sets, `saving ${step}`, (pid) => {
        for (const end = performance.now() + delay; performance.now() < end;);
        kill(pid)
      })
      expect(error).toMatchObject({ failure: { name: 'ProcessDied' } })
      resumed.push(resumedAt(events))
    }
    // the first was at once: nothing whole was there. Each later one may have been whole or not
    expect(resumed[0]).toBeUndefined()
    const after = await run({ sets })
    expect([2, 4, 6]).toContain(resumedAt(after.events))
    await expectAsStraight(sets, after)
  })

  it('just before the commit, when all was computed', async () => {
    const sets = freshSets()
    const key = await keyOf(sets)
    const dying = spawnTiny(tiny.workspace.root, sets, 'export TINY_PIPELINE=training TINY_KILL=commit;')
    await dying.ended
    expect(dying.process.signalCode).toBe('SIGKILL')
    expect(await dying.line('message', /^returning$/)).toBeDefined()
    expect(kept(key).at(-1)!.step).toBe(25)
    const after = await run({ sets })
    expect(resumedAt(after.events)).toBe(25)
    await expectAsStraight(sets, after)
  })
})

describe('stopped', () => {
  it.each([
    ['in a process', false],
    ['in this one', true],
  ])('%s: within a step, and what was done is kept', async (_, inProcess) => {
    const sets = freshSets({ 'train.pause': '200', 'train.every': '1000', 'train.steps': '6' })
    const stop = new AbortController()
    let asked = 0
    const { error, events } = await until(
      sets,
      'done 3',
      () => {
        asked = performance.now()
        stop.abort()
      },
      { signal: stop.signal, execute: { inProcess } },
    )
    const took = performance.now() - asked
    expect((error as Error).message).toMatch(/interrupt/i)
    // the step in which it was asked, its checkpoint, and the end of a process
    expect(took).toBeLessThan(200 + 1000)
    expect(stepsOf(events).map(([step]) => step)).toEqual([1, 2, 3])
    expect(events.at(-1)).toEqual({
      _tag: 'run-stopped',
      status: 'interrupted',
      error: 'interrupted',
      kept: [{ label: 'train', step: 3, total: 6 }],
    })
    const folder = (events[0] as { readonly folder: string }).folder
    const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunResult['record']
    expect(record.nodes[0]).toMatchObject({ kept: { step: 3, total: 6 } })
    expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toEqual([])
    const after = await run({ sets, execute: { inProcess } })
    expect(resumedAt(after.events)).toBe(3)
    expect(after.result.record.nodes[0]!.kept).toBeUndefined()
    expect(stepsOf(after.events)[0]![0]).toBe(4)
  })

  it('a checkpoint that takes longer than the step had time for is waited for as long again', async () => {
    // the step ends at 300 of 500 ms; 300 more in the checkpoint
    const sets = freshSets({ 'train.pause': '300', 'train.every': '1000' })
    tiny.edit(
      'packages/tiny/src/train.run.ts',
      `    await checkpoints.save`,
      `    const end = Date.now() + 300; while (Date.now() < end);\n    await checkpoints.save`,
    )
    tiny.edit(
      'packages/tiny/src/train.run.ts',
      `ctx.log('saving ' + done)`,
      `await checkpoints.save({ step: done, tensors: {}, state: { losses } }); ctx.log('saving ' + done)`,
    )
    const stop = new AbortController()
    const { events } = await until(sets, 'done 2', () => stop.abort(), { signal: stop.signal, execute: { grace: 500 } })
    tiny.edit(
      'packages/tiny/src/train.run.ts',
      `await checkpoints.save({ step: done, tensors: {}, state: { losses } }); `,
      '',
    )
    tiny.edit('packages/tiny/src/train.run.ts', `    const end = Date.now() + 300; while (Date.now() < end);\n`, '')
    expect(events.filter((event) => event._tag === 'log').map(({ message }) => message)).toContain('saved 2')
  })
})

describe('what is taken up', () => {
  it('not the newest when that is damaged: the one before, and people are told', async () => {
    const sets = freshSets()
    const key = await keyOf(sets)
    await until(sets, 'done 18', kill)
    expect(kept(key).at(-1)!.step).toBe(15)
    const { path } = kept(key).at(-1)!
    const [largest] = readdirSync(path)
      .map((name) => join(path, name))
      .toSorted((a, b) => statSync(b).size - statSync(a).size)
    const bytes = readFileSync(largest!)
    bytes[bytes.length - 3]! ^= 4
    writeFileSync(largest!, bytes)
    const after = await run({ sets })
    expect(resumedAt(after.events)).toBe(10)
    expect(after.events.flatMap((event) => (event._tag === 'warning' ? [event.message] : []))).toEqual([
      expect.stringMatching(/^a checkpoint is passed over: .*15: its state\.json is not what was written$/),
    ])
    await expectAsStraight(sets, after)
  })

  it('however old it is: what nobody has asked for in a week goes at the end of a run', async () => {
    const sets = freshSets()
    const key = await keyOf(sets)
    await until(sets, 'done 12', kill)
    const other = freshSets()
    await until(other, 'done 12', kill)
    const [left, old] = [await keyOf(other), new Date(Date.now() - 8 * 24 * 60 * 60 * 1000)]
    for (const each of [key, left]) {
      const folder = join(tiny.workspace.store, 'checkpoints', each)
      for (const name of readdirSync(folder, { recursive: true }) as string[]) utimesSync(join(folder, name), old, old)
      utimesSync(folder, old, old)
    }
    const after = await run({ sets })
    expect(resumedAt(after.events)).toBe(10)
    expect(folders('checkpoints')).not.toContain(left)
    await expectAsStraight(sets, after)
  })

  it('with a warning where it was computed with other threads', async () => {
    const sets = freshSets()
    await until(sets, 'done 12', kill, { threads: 1 })
    const after = await run({ sets, threads: 2 })
    expect(resumedAt(after.events)).toBe(10)
    expect(after.events.flatMap((event) => (event._tag === 'warning' ? [event.message] : []))).toEqual([
      expect.stringMatching(
        /^goes on from what was computed on .*, 1 thread; here it is .*, 2 threads: the last bits may/,
      ),
    ])
  })

  it('nothing under another key', async () => {
    const sets = freshSets()
    await until(sets, 'done 12', kill)
    const other = { ...sets, 'train.every': '4' }
    const [planned] = (await planTiny({ ...trained, sets: other })).nodes
    expect(planned!.status).not.toHaveProperty('checkpoint')
    const after = await run({ sets: other })
    expect(resumedAt(after.events)).toBeUndefined()
    expect(after.manifest.parts).toBeUndefined()
    expect(stepsOf(after.events)).toHaveLength(30)
    // what the first one left is still its own
    expect(kept(await keyOf(sets)).at(-1)!.step).toBe(10)
  })

  it('nothing where a kept stage is computed again to be compared, which leaves nothing either', async () => {
    const sets = freshSets()
    const { manifest } = await run({ sets })
    const before = [...folders('checkpoints')]
    const events: RunEvent[] = []
    const plan = planOnly(await planTiny({ ...trained, sets }), new Set(['train']))
    expect(plan.nodes[0]!.status._tag).toBe('hit')
    const once = { only: new Set(['train']), again: true }
    const killed = await until(sets, 'done 12', kill, { execute: once })
    expect(killed.error).toMatchObject({ _tag: 'StageFailedError', kept: undefined })
    const { again } = await runTiny({ ...trained, sets, execute: once, observe: (event) => events.push(event) })
    expect(resumedAt(events)).toBeUndefined()
    expect(stepsOf(events)).toHaveLength(30)
    const { digest } = manifest.outputs['scores']!
    expect(again[0]!.outputs['scores']).toEqual({ kept: digest, now: digest })
    expect(folders('checkpoints')).toEqual(before)
  })
})

describe('a training that diverges', () => {
  it('fails with its step and films, and fails at the same step again, from just before it', async () => {
    const sets = freshSets({ 'train.nanAt': '18' })
    const fails = async (): Promise<{ readonly error: StageFailedError; readonly events: ReadonlyArray<RunEvent> }> => {
      const { error, events } = await until(sets, 'never', () => {})
      return { error: error as StageFailedError, events }
    }
    const one = await fails()
    expect(one.error.failure).toMatchObject({
      name: 'TrainingDivergedError',
      message: 'training diverged at step 18 (films f1): loss is NaN',
    })
    expect(one.error.kept).toMatchObject({ step: 17, total: 30 })
    expect(one.events.at(-1)).toMatchObject({ _tag: 'run-stopped', status: 'failed' })
    const two = await fails()
    expect(resumedAt(two.events)).toBe(17)
    expect(stepsOf(two.events)).toEqual([])
    const words = ({ message, log }: StageFailedError): string => message.replace(log, '(log)')
    expect(words(two.error)).toBe(words(one.error))
  })
})
