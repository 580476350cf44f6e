import { describe, expect, it } from '@jest/globals'
import { StoreFullError, StorePathError } from '@radiograft/artefact-store'
import { InvalidValueError, UnknownNameError } from '@radiograft/pipeline'
import { StageFailedError } from '@radiograft/runner'
import { describeFailure } from './describeFailure.ts'
import { Interrupted } from './runEffect.ts'
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

it('exit code 130: stopped, and how to go on', () => {
  expect(describeFailure(new Interrupted())).toEqual({
    code: 130,
    text: 'Stopped. What was done is kept: the same command goes on from there.',
  })
})

it('writes out what a terminal would obey, and keeps lines', () => {
  const { text } = describeFailure(
    Object.assign(new Error('P\u001B[2JX\n  \u202Egnp.exe\ttab'), { _tag: 'UsageError' }),
  )
  expect(text).toBe('P\\u{1b}[2JX\n  \\u{202e}gnp.exe\ttab')
})
