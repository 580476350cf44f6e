import { describe, expect, it, jest } from '@jest/globals'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checkpoint, Json } from './Checkpoints.ts'
import { CheckpointFolderError, CheckpointValueError } from './errors.ts'
import { folderCheckpoints } from './folderCheckpoints.ts'
import { newFolders } from './testing/newFolders.ts'
import { digestOf, sampleCheckpoint } from './testing/sampleCheckpoint.ts'

jest.setTimeout(60_000)
const newFolder = newFolders('checkpoints')

/** Everything below a folder, as `attempt/step`. */
const stepsIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .flatMap((attempt) => readdirSync(join(folder, attempt)).map((step) => `${attempt}/${step}`))
    .toSorted()
describe('what comes back', () => {
  it('is what was saved, to the last bit', async () => {
    const folder = newFolder()
    const sample = sampleCheckpoint(7)
    expect(await folderCheckpoints(folder).latest()).toBeUndefined()
    await folderCheckpoints(folder).save(sample)
    const found = await folderCheckpoints(folder).latest()
    expect(found).toEqual(sample)
    expect(digestOf(found!)).toBe(digestOf(sample)) // toEqual takes one NaN for another
    const { losses } = found!.state as { losses: number[] }
    expect(Object.is(losses[1], -0)).toBe(true)
  })

  it('may be empty', async () => {
    const checkpoints = folderCheckpoints(newFolder())
    await checkpoints.save({ step: 1, tensors: {}, state: null })
    expect(await checkpoints.latest()).toEqual({ step: 1, tensors: {}, state: null })
  })

  it('is the newest of all attempts', async () => {
    const folder = newFolder()
    for (const [attempt, step] of [
      ['b', 9],
      ['a', 10],
      ['c', 2],
    ] as const)
      await folderCheckpoints(folder, { attempt }).save(sampleCheckpoint(step))
    expect((await folderCheckpoints(folder, { attempt: 'd' }).latest())?.step).toBe(10)
  })

  it('is the later one where a step was saved twice', async () => {
    const folder = newFolder()
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    for (const state of ['first', 'second', 'third']) {
      await checkpoints.save({ step: 5, tensors: {}, state })
      expect((await checkpoints.latest())?.state).toBe(state)
      expect(stepsIn(folder)).toHaveLength(1)
    }
    await checkpoints.save({ step: 6, tensors: {}, state: '' })
    expect((await checkpoints.latest())?.step).toBe(6)
  })
})

it('one that the caller cannot go on from is passed over for the one before', async () => {
  const folder = newFolder()
  const told: Array<string> = []
  const checkpoints = folderCheckpoints(folder, {
    attempt: 'a',
    accepts: (state) => state === 'old',
    onDamaged: (path, reason) => told.push(`${path.slice(folder.length)}: ${reason}`),
  })
  await checkpoints.save({ step: 1, tensors: {}, state: 'old' })
  await checkpoints.save({ step: 2, tensors: {}, state: 'new' })
  expect((await checkpoints.latest())?.step).toBe(1)
  expect(told).toEqual(['/a/2: it was written by another version'])
})

describe('what stays', () => {
  it('are the last two of an attempt, and those of others that are as new', async () => {
    const folder = newFolder()
    const a = folderCheckpoints(folder, { attempt: 'a' })
    for (const step of [1, 2, 3]) await a.save(sampleCheckpoint(step))
    expect(stepsIn(folder)).toEqual(['a/2', 'a/3'])
    const b = folderCheckpoints(folder, { attempt: 'b' })
    await b.save(sampleCheckpoint(2))
    expect(stepsIn(folder)).toEqual(['a/2', 'a/3', 'b/2'])
    await b.save(sampleCheckpoint(3))
    await b.save(sampleCheckpoint(4))
    expect(stepsIn(folder)).toEqual(['a/3', 'b/3', 'b/4'])
    await b.save(sampleCheckpoint(5))
    expect(readdirSync(folder)).toEqual(['b'])
    await b.clear()
    expect(await a.latest()).toBeUndefined()
    await a.clear() // there is nothing any more
  })

  it('is told apart from leftovers by their process', async () => {
    const folder = newFolder()
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    await checkpoints.save(sampleCheckpoint(1))
    const [mine] = readdirSync(join(folder, 'a'))
    // of one that cannot be, of an earlier process with this one's number, of another machine
    const saving = checkpoints.save(sampleCheckpoint(2, 1_000_000))
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      const temporary = readdirSync(join(folder, 'a')).find((name) => name.endsWith('.tmp'))
      await new Promise((resolve) => setImmediate(resolve))
      if (!temporary) continue
      const [, host, pid] = temporary.split('.')
      expect(pid).toBe(String(process.pid))
      mkdirSync(join(folder, 'a', `3.${host}.4194305.0badf00d.tmp`))
      mkdirSync(join(folder, 'a', `4.${host}.${process.pid}.0badf00d.tmp`))
      mkdirSync(join(folder, 'a', '5.00000000.4194305.0badf00d.tmp'))
      break
    }
    await saving
    expect(readdirSync(join(folder, 'a')).filter((name) => /^[345]\./.test(name))).toEqual([
      '5.00000000.4194305.0badf00d.tmp',
    ])
    expect(mine).toBe('1')
    expect((await checkpoints.latest())?.step).toBe(2)
  })
})

describe('damage is passed over for the one before', () => {
  const folder = newFolder()
  /** Two checkpoints, of which the newer is then changed; answers what was found and what was said. */
  const after = async (
    damage: (newer: string) => void,
  ): Promise<readonly [number | undefined, ReadonlyArray<string>]> => {
    rmSync(folder, { recursive: true, force: true })
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    for (const step of [1, 2]) await checkpoints.save(sampleCheckpoint(step, 10))
    damage(join(folder, 'a', '2'))
    const said: string[] = []
    const onDamaged = (path: string, reason: string): void => void said.push(`${path.slice(folder.length)}: ${reason}`)
    const found = await folderCheckpoints(folder, { attempt: 'a', onDamaged }).latest()
    return [found?.step, said]
  }
  const change = (name: string, from: string, to: string) => (newer: string) =>
    writeFileSync(join(newer, name), readFileSync(join(newer, name), 'utf8').replace(from, to))

  it.each<[string, (newer: string) => void, string | RegExp]>([
    ['no tensors', (newer) => rmSync(join(newer, 'tensors.safetensors')), /ENOENT/],
    ['no state', (newer) => rmSync(join(newer, 'state.json')), /ENOENT/],
    ['nothing', (newer) => readdirSync(newer).forEach((name) => rmSync(join(newer, name))), /ENOENT/],
    [
      'a folder for a file',
      (newer) => (rmSync(join(newer, 'state.json')), mkdirSync(join(newer, 'state.json'))),
      /EISDIR/,
    ],
    ['cut tensors', (newer) => truncateSync(join(newer, 'tensors.safetensors'), 99), 'has 99 bytes'],
    ['cut state', (newer) => truncateSync(join(newer, 'state.json'), 150), 'not what was written'],
    ['empty state', (newer) => truncateSync(join(newer, 'state.json')), 'not written by this version'],
    ['the state of another step', change('state.json', '"step":2', '"step":3'), 'not what was written'],
    ['another format', change('state.json', '"format":1', '"format":2'), 'not what was written'],
    [
      'JSON of others',
      (newer) => writeFileSync(join(newer, 'state.json'), '{"step":2}'),
      'not written by this version',
    ],
    [
      'bytes of others',
      (newer) => writeFileSync(join(newer, 'tensors.safetensors'), Buffer.alloc(448)),
      /bytes|not what/,
    ],
    ['the files of another step', (newer) => cpSync(join(newer, '../1'), newer, { recursive: true }), 'of step 1'],
  ])('%s', async (_, damage, reason) => {
    const [step, said] = await after(damage)
    expect([step, said]).toEqual([1, [expect.stringMatching(reason)]])
    expect(said[0]).toMatch(/^\/a\/2: /)
  })

  it.each(['tensors.safetensors', 'state.json'])('one bit anywhere in %s', async (name) => {
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    expect((await after(() => {}))[0]).toBe(2)
    const path = join(folder, 'a', '2', name)
    const honest = readFileSync(path)
    for (let at = 0; at < honest.length; at++) {
      const bytes = Buffer.from(honest)
      bytes[at]! ^= 1 << (at % 8)
      writeFileSync(path, bytes)
      expect([at, (await checkpoints.latest())?.step]).toEqual([at, 1])
    }
    writeFileSync(path, honest)
    expect((await checkpoints.latest())?.step).toBe(2)
  })

  it('and goes with the next that is saved', async () => {
    await after((newer) => truncateSync(join(newer, 'state.json')))
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    expect((await checkpoints.latest())?.step).toBe(1)
    await checkpoints.save(sampleCheckpoint(2))
    expect(await checkpoints.latest()).toEqual(sampleCheckpoint(2))
    expect(stepsIn(folder)).toEqual(['a/02', 'a/1'])
  })

  it('and counts as none of the two that stay', async () => {
    rmSync(folder, { recursive: true, force: true })
    const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
    for (const step of [10, 20]) await checkpoints.save(sampleCheckpoint(step, 10))
    truncateSync(join(folder, 'a', '20', 'state.json'))
    expect((await checkpoints.latest())?.step).toBe(10)
    await checkpoints.save(sampleCheckpoint(15, 10))
    expect(stepsIn(folder)).toEqual(['a/10', 'a/15'])
  })

  it('all of them: there is none', async () => {
    await after((newer) => truncateSync(join(newer, 'state.json')))
    truncateSync(join(folder, 'a', '1', 'tensors.safetensors'))
    expect(await folderCheckpoints(folder).latest()).toBeUndefined()
  })

  it('what is no checkpoint at all', async () => {
    await after(() => {})
    writeFileSync(join(folder, 'note.txt'), '')
    mkdirSync(join(folder, 'a', 'x7'))
    mkdirSync(join(folder, 'a', '0'))
    writeFileSync(join(folder, 'a', '9'), '')
    expect((await folderCheckpoints(folder).latest())?.step).toBe(2)
  })
})

describe('what cannot be saved', () => {
  const refusal = async (act: () => Promise<unknown>): Promise<Error & { readonly _tag?: string }> =>
    act().then(
      () => {
        throw new Error('nothing was refused')
      },
      (error: Error) => error,
    )
  const circle: { self?: Json } = {}
  circle.self = circle as Json

  it.each<[string, unknown, string]>([
    ['NaN', { a: [1, { b: Number.NaN }] }, 'state.a[1].b is NaN'],
    ['Infinity', { best: Number.POSITIVE_INFINITY }, 'state.best is Infinity'],
    ['undefined', { a: undefined }, 'state.a is Undefined'],
    ['a Map', { a: new Map() }, 'state.a is Map'],
    ['an array of numbers', { a: new Float32Array(2) }, 'state.a is Float32Array'],
    ['a function', { a: () => 1 }, 'state.a is Function'],
    ['a hole', { a: [1, , 2] }, 'state.a[1] is Undefined'], // oxlint-disable-line no-sparse-arrays
    ['a circle', circle, 'holds itself'],
  ])('%s', async (_, state, message) => {
    const folder = newFolder()
    const error = await refusal(() => folderCheckpoints(folder).save({ step: 1, tensors: {}, state: state as Json }))
    expect(error).toBeInstanceOf(CheckpointValueError)
    expect(error.message).toContain(message)
    expect(await folderCheckpoints(folder).latest()).toBeUndefined()
  })

  it.each<[string, Partial<Checkpoint>, string]>([
    ['step 0', { step: 0 }, 'step is 0'],
    ['half a step', { step: 1.5 }, 'step is 1.5'],
    [
      'an array that does not fill its shape',
      { tensors: { w: { dtype: 'float32', shape: [3], values: new Float32Array(2) } } },
      'tensors.w has 2 values',
    ],
    [
      'another type',
      { tensors: { w: { dtype: 'complex64', shape: [], values: new Float32Array(2) } as never } },
      'tensors.w is complex64',
    ],
  ])('%s', async (_, given, message) => {
    const save = () => folderCheckpoints(newFolder()).save({ step: 1, tensors: {}, state: null, ...given })
    expect((await refusal(save)).message).toContain(message)
  })

  it.each([
    ['a file is in the way', () => (writeFileSync(newFile, ''), newFile), 'ENOTDIR', 'move that file away'],
    ['a place where no folder can be made', () => '/proc/radiograft', 'ENOENT', 'give another folder'],
  ])('%s', async (_, place, code, advice) => {
    const folder = join(place(), 'checkpoints')
    const error = (await refusal(() => folderCheckpoints(folder).save(sampleCheckpoint(1)))) as CheckpointFolderError
    expect(error).toBeInstanceOf(CheckpointFolderError)
    expect([error.folder, error.code]).toEqual([folder, code])
    expect(error.message).toContain(`checkpoints in ${folder}: `)
    expect(error.advice).toContain(advice)
    expect(await folderCheckpoints(folder).latest()).toBeUndefined()
  })
  const newFile = newFolder()

  it('an attempt whose name leads elsewhere', () => {
    expect(() => folderCheckpoints(newFolder(), { attempt: '../other' })).toThrow(CheckpointValueError)
  })
})

it('others may save and clear in the same folder meanwhile: nothing is thrown, and what is read is whole', async () => {
  const folder = newFolder()
  const over = new AbortController()
  const damaged: string[] = []
  const saver = async (attempt: string): Promise<void> => {
    const own = folderCheckpoints(folder, { attempt })
    for (let step = 1; !over.signal.aborted; step++) await own.save(sampleCheckpoint(step, 20_000))
  }
  let read = 0
  const reader = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await new Promise((resolve) => setImmediate(resolve))
      const found = await folderCheckpoints(folder, { onDamaged: (path, reason) => damaged.push(reason) }).latest()
      if (found && ++read) expect(digestOf(found)).toBe(digestOf(sampleCheckpoint(found.step, 20_000)))
    }
  }
  const clearer = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      await folderCheckpoints(folder).clear()
    }
    over.abort()
  }
  await Promise.all([saver('a'), saver('b'), reader(), clearer()])
  expect(read).toBeGreaterThan(5)
  expect(damaged.filter((reason) => !reason.includes('ENOENT'))).toEqual([])
})
