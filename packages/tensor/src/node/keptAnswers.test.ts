import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { keepAnswer, keptAnswer, oneAtATime } from './keptAnswers.ts'
import { runCommand } from './runCommand.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-answers-'))
  file = join(folder, 'cache/answers.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const isNumber = (value: unknown): value is number => typeof value === 'number'
const href = (name: string): string => new URL(`./${name}`, import.meta.url).href
const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const execArgv = ['--conditions=@radiograft/source', '--import', loader]
const { NODE_OPTIONS: _, ...env } = process.env

it('of two first processes at once one measures, and both have its answer', async () => {
  const precision = join(folder, 'cache/precision.json')
  const log = join(folder, 'measured')
  const stub = join(folder, 'stub.mjs')
  // in place of the measurement: as long as one takes, and another answer each time
  writeFileSync(
    stub,
    `import { appendFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    appendFileSync(${JSON.stringify(log)}, 'x')
    await setTimeout(400)
    process.stdout.write(JSON.stringify({ fp32: process.pid, bf16: process.pid * 2 }))
    process.exit(0)`,
  )
  const options = JSON.stringify({ file: precision, threads: 2, execArgv: ['--import', stub] })
  const script = `const { measurePrecision } = await import('${href('measurePrecision.ts')}')
    console.log(JSON.stringify(await measurePrecision(${options})))`
  const args = [...execArgv, '--input-type=module', '-e', script]
  const both = await Promise.all([0, 1].map(() => runCommand(process.execPath, args, { env })))
  expect(both.map(({ status }) => status)).toEqual([0, 0])
  expect(readFileSync(log, 'utf8')).toBe('x')
  expect(both[0]!.stdout).toBe(both[1]!.stdout)
  expect(Object.values(JSON.parse(readFileSync(precision, 'utf8')) as object)).toEqual([JSON.parse(both[0]!.stdout)])
  expect(readdirSync(join(folder, 'cache'))).toEqual(['precision.json'])
})

it('answers to other questions that come meanwhile are not lost', async () => {
  const keep = (key: string, value: number) =>
    oneAtATime(file, async () => {
      await sleep(5)
      await keepAnswer(file, key, value)
    })
  await Promise.all([keep('a', 1), keep('b', 2), keep('c', 3)])
  expect(['a', 'b', 'c'].map((key) => keptAnswer(file, key, isNumber))).toEqual([1, 2, 3])
})

it('waiting is told once, and a failure lets the next one in', async () => {
  let waits = 0
  const failing = oneAtATime(file, async () => {
    await sleep(300)
    throw new Error('a failing measurement')
  })
  await sleep(50)
  const next = oneAtATime(
    file,
    async () => 'next',
    () => (waits += 1),
  )
  await expect(failing).rejects.toThrow('a failing measurement')
  expect([await next, waits]).toEqual(['next', 1])
})

it('a lock of another machine is believed, but not for ever: a container that was killed leaves one behind', async () => {
  mkdirSync(join(folder, 'cache'))
  const lock = `${file}.lock`
  writeFileSync(lock, JSON.stringify({ host: 'a container', pid: 1, started: '1' }))
  let begun = false
  const running = oneAtATime(file, async () => (begun = true))
  await sleep(300)
  expect(begun).toBe(false)
  const longAgo = new Date(Date.now() - 3_600_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await running).toBe(true)
  expect(readdirSync(join(folder, 'cache'))).toEqual([])
})

it('where the folder takes no lock the body runs once all the same, and its own failure is told', async () => {
  writeFileSync(join(folder, 'no folder'), '')
  const there = join(folder, 'no folder/answers.json')
  let runs = 0
  expect(await oneAtATime(there, async () => (runs += 1))).toBe(1)
  const failing = oneAtATime(there, async () => {
    runs += 1
    throw new Error('mine')
  })
  await expect(failing).rejects.toThrow('mine')
  expect(runs).toBe(2)
})
