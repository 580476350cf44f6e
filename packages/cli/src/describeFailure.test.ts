import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { StoreFullError, StorePathError } from '@radiograft/artefact-store'
import { InvalidValueError, UnknownNameError } from '@radiograft/pipeline'
import { RunFolderError, StageFailedError } from '@radiograft/runner'
import { ProvisionError } from '@radiograft/tensor/node'
import { describeFailure } from './describeFailure.ts'
import { emptyFolder } from './testing/emptyFolder.ts'
import { Interrupted } from './untilStopped.ts'
import { UsageError } from './UsageError.ts'

describe('exit code 2: what was given, said in one message', () => {
  it.each([
    new UsageError('--data /x: the folder is empty.'),
    new UnknownNameError('stage', 'aling', ['align']),
    new InvalidValueError('size', 'big', 'expected a number'),
    new StorePathError('/x', 'it is a file, not a folder'),
  ])('%s', (error) => {
    expect(describeFailure(error)).toEqual({ code: 2, text: error.message })
  })
})

it('a training that diverged: where the last good state is, and what the same command would do', () => {
  const failure = {
    name: 'TrainingDivergedError',
    message: 'training diverged at step 341 (films f7, f9): loss is NaN',
    stack: '',
  }
  const kept = { step: 340, total: 2000, folder: '/store/checkpoints/k' }
  const { code, text } = describeFailure(failed({ failure, kept }), { command: ['run', 'granet'] })
  expect(code).toBe(1)
  expect(text).toContain('training diverged at step 341 (films f7, f9): loss is NaN\n')
  expect(text).toContain('  last good state: step 340 of 2000, in /store/checkpoints/k\n')
  expect(text).toContain('goes on at the last good state and meets the same step again')
})

const failed = (given: Partial<ConstructorParameters<typeof StageFailedError>[0]>): StageFailedError =>
  new StageFailedError({
    node: 'fit',
    stage: 'fit-detector',
    inputs: [],
    log: '/runs/r/logs/fit.log',
    failure: { name: 'RangeError', message: 'loss is NaN', stack: '' },
    ...given,
  })

describe('exit code 1: a run that failed', () => {
  it('a stage: node, what was thrown, what it read, where its log is, how to go on', () => {
    const error = new StageFailedError({
      node: 'fit[fold=1]',
      stage: 'fit-detector',
      inputs: ['films: films, 800 rows, 26 MB'],
      log: '/runs/r/logs/fit.log',
      failure: { name: 'RangeError', message: 'loss is NaN\nat step 3', stack: 'RangeError: loss is NaN\n  at x.ts:1' },
    })
    expect(describeFailure(error)).toEqual({
      code: 1,
      text: `Stage 'fit-detector' failed at node 'fit[fold=1]'.
  RangeError: loss is NaN
  at step 3
  inputs: films: films, 800 rows, 26 MB
  log: /runs/r/logs/fit.log
Every stage that was done before is kept: mend the cause and give the same command again, and only the rest is computed.`,
    })
  })
  it('with the command line: to look at the stage, and to try it alone; a name that a shell would take apart is quoted', () => {
    const command = [
      'run',
      'granet',
      '--set',
      'fold=0,1',
      '--json',
      '--force',
      '--out',
      '/o ut',
      '--only=x',
      '--data',
      'a b',
    ]
    const { text } = describeFailure(failed({ node: 'fit[fold=1]' }), { command })
    expect(text.split('\n').slice(-2)).toEqual([
      "  look at it    npm run radiograft -- show r 'fit[fold=1]'",
      "  try it alone  npm run radiograft -- run granet --set fold=0,1 --data 'a b' --only 'fit[fold=1]' --in-process --inspect",
    ])
    expect(describeFailure(failed({}), { command: ['metrics'] }).text).not.toContain('try it alone')
  })
  it('a long message is cut: the log has it', () => {
    const message = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n')
    const { text } = describeFailure(failed({ failure: { name: 'Error', message, stack: '' } }))
    expect(text).toContain('  line 11\n  … 28 more lines in the log\n')
    expect(text).not.toContain('line 12')
  })
  it('a process that died says nothing: the end of its log does, and what to do for want of memory', () => {
    const log = join(emptyFolder('logs'), 'fit.log')
    writeFileSync(log, `${Array.from({ length: 5000 }, (_, i) => `step ${i}`).join('\n')}\n\u001B[2Jallocating 3 GB\n`)
    const message = 'the process was killed (SIGKILL): by hand, or by the system for want of memory'
    const { text } = describeFailure(failed({ log, failure: { name: 'ProcessDied', message, stack: '' } }))
    expect(text).toContain('\n  the log ends:\n    step 4986\n')
    expect(text).toContain(
      '\n    step 4999\n    \\u{1b}[2Jallocating 3 GB\nMost often the system killed it because memory ran out',
    )
    const other = describeFailure(
      failed({
        log: '/nowhere/x.log',
        failure: { name: 'ProcessDied', message: 'the process ended with code 7', stack: '' },
      }),
    )
    expect(other.text).not.toMatch(/the log ends|memory/)
  })
  it('an error that tells has no end of the log beside it', () => {
    const log = join(emptyFolder('logs'), 'fit.log')
    writeFileSync(log, 'chatter of a library\n')
    expect(describeFailure(failed({ log })).text).not.toContain('chatter')
  })
  it('a full disk in a stage, in the run folder and in the store', () => {
    const message = 'ENOSPC: no space left on device, write'
    const { text } = describeFailure(failed({ failure: { name: 'Error', message, stack: '' } }))
    expect(text).toContain(
      '\nThe disk is full. Free some space where the store, the run folder or the temporary folder (TMPDIR) lies',
    )
    const full = new RunFolderError('/runs/r', Object.assign(new Error(message), { code: 'ENOSPC' }))
    expect(describeFailure(full)).toMatchObject({
      code: 1,
      text: expect.stringContaining('choose a folder on another disk with --out'),
    })
    expect(describeFailure(new StoreFullError('/store/blobs/x')).text).toContain(
      'free some space, or move the store with --store',
    )
  })
  it('a tensor runtime that cannot be fetched, or lacks a program', () => {
    const network = describeFailure(new ProvisionError([{ part: 'wheel', remedy: 'pip could not fetch it' }]))
    expect([network.code, network.text]).toEqual([
      1,
      expect.stringMatching(/wheel: pip could not fetch it[\s\S]*fetched once, by pip, and needs a network/),
    ])
    const pip = describeFailure(new ProvisionError([{ part: 'pip', remedy: 'install pip' }]))
    expect(pip.text).toMatch(/pip: install pip[\s\S]*install what is missing and give the same command again/)
    expect(pip.text).not.toContain('network')
  })
  it('a full disk, and an error of the system, without a stack', () => {
    expect(describeFailure(new StoreFullError('/store/blobs/x')).code).toBe(1)
    const system = Object.assign(new Error('EACCES: permission denied, open /x'), { code: 'EACCES' })
    expect(describeFailure(system)).toEqual({ code: 1, text: 'EACCES: permission denied, open /x' })
  })
  it('what nobody foresaw, with its stack', () => {
    const { code, text } = describeFailure(new TypeError('x is undefined'))
    expect(code).toBe(1)
    expect(text).toMatch(/^This should not have happened: TypeError: x is undefined\n\s+at .*describeFailure\.test/s)
    expect(describeFailure('text')).toEqual({ code: 1, text: 'This should not have happened: text' })
    expect(describeFailure(null).code).toBe(1)
  })
})

it('exit code 128 and the number of the signal: stopped, and how to go on', () => {
  const text = 'Stopped. What was done is kept: the same command goes on from there.'
  expect(describeFailure(new Interrupted())).toEqual({ code: 130, text })
  const codes = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'].map(
    (signal) => describeFailure(new Interrupted(), { signal }).code,
  )
  expect(codes).toEqual([130, 143, 129, 141])
})

it('writes out what a terminal would obey, and keeps lines', () => {
  const { text } = describeFailure(
    Object.assign(new Error('P\u001B[2JX\n  \u202Egnp.exe\ttab'), { _tag: 'UsageError' }),
  )
  expect(text).toBe('P\\u{1b}[2JX\n  \\u{202e}gnp.exe\ttab')
})
