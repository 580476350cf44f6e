import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { processMark } from '@radiograft/artefact-store'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sweepScratch } from './sweepScratch.ts'

let runs: string
beforeAll(() => {
  runs = mkdtempSync(join(tmpdir(), 'radiograft-runs-'))
})
afterAll(() => rmSync(runs, { recursive: true, force: true }))

const runOf = (name: string, process: unknown): string => {
  const scratch = join(runs, name, 'scratch-a1')
  mkdirSync(scratch, { recursive: true })
  writeFileSync(join(scratch, 'film'), 'x')
  if (process !== undefined) writeFileSync(join(runs, name, 'run.json'), JSON.stringify({ process }))
  return scratch
}

it('what a killed run left goes; of a run that lives, of another machine and of nobody knows whom it stays', async () => {
  const dead = runOf('dead', { ...processMark(), pid: 4_194_305, born: '1' })
  const stay = [
    runOf('alive', processMark()),
    runOf('elsewhere', { host: 'another', pid: 1, born: '1' }),
    runOf('nobody', undefined),
  ]
  expect(await sweepScratch(runs)).toEqual([dead])
  expect(existsSync(dead)).toBe(false)
  expect(stay.filter((path) => !existsSync(path))).toEqual([])
})

it('no folder of runs', async () => {
  expect(await sweepScratch(join(runs, 'missing'))).toEqual([])
})
