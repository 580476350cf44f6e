import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownPrecision, measurePrecision } from './measurePrecision.ts'

jest.setTimeout(180_000)
const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
/** As the command line starts its processes: jest's own options are for jest. */
const execArgv = ['--conditions=@radiograft/source', '--import', loader]

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-precision-'))
  file = join(folder, 'cache/precision.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('measures once, keeps the answer with its times, and finds it again', async () => {
  expect(knownPrecision({ file, threads: 2 })).toBeUndefined()
  const measured = await measurePrecision({ file, threads: 2, execArgv })
  const { fp32, bf16, precision } = measured
  expect([fp32 > 0, bf16 > 0]).toEqual([true, true])
  expect(precision).toBe(bf16 < fp32 * 0.97 ? 'bf16' : 'fp32')
  const { mtimeMs } = statSync(file)
  // a process that cannot start: the answer is not measured again
  expect(await measurePrecision({ file, threads: 2, execArgv: ['--no-such-option'] })).toEqual(measured)
  expect(statSync(file).mtimeMs).toBe(mtimeMs)
  expect(knownPrecision({ file, threads: 2 })).toEqual(measured)
  // another number of threads is another question
  expect(knownPrecision({ file, threads: 1 })).toBeUndefined()
  // and so are TensorFlow's convolutions instead of ours
  process.env['RADIOGRAFT_FUSED'] = '0'
  try {
    expect(knownPrecision({ file, threads: 2 })).toBeUndefined()
  } finally {
    delete process.env['RADIOGRAFT_FUSED']
  }
})

describe('a cache file that is damaged', () => {
  it.each([
    ['cut short', (text: string) => text.slice(0, 30)],
    ['of another sort', () => '[1, 2]'],
    ['with a time of 0', (text: string) => text.replace(/"bf16": [\d.]+/, '"bf16": 0')],
    ['with an unknown precision', (text: string) => text.replace('"precision": "', '"precision": "x')],
  ])('%s counts as none', async (_, damage) => {
    const measured = { precision: 'fp32', fp32: 0.25, bf16: 2.5 }
    const stub = join(folder, 'stub.mjs')
    // in place of the measurement: prints its answer and ends before the real one begins
    writeFileSync(stub, `process.stdout.write(${JSON.stringify(JSON.stringify(measured))}); process.exit(0)`)
    const options = { file, threads: 2, execArgv: ['--import', stub] }
    expect(await measurePrecision(options)).toEqual(measured)
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    expect(knownPrecision(options)).toBeUndefined()
    expect(await measurePrecision(options)).toEqual(measured)
    expect(knownPrecision(options)).toEqual(measured)
  })
})

it('a process that fails says why, and what to give instead', async () => {
  await expect(measurePrecision({ file, threads: 2, execArgv: ['--no-such-option'] })).rejects.toMatchObject({
    _tag: 'PrecisionError',
    message: expect.stringMatching(/--no-such-option[^]*--precision fp32/),
  })
})
