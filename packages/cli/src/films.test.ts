// The command on folders of films: what is wrong with one ends a run before a film is read.
import { existsSync, readdirSync, renameSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { fileStore } from '@radiograft/artefact-store'
import { deriveSeed } from '@radiograft/random'
import { filmName, writeRsnaFolder } from './testing/rsnaFolder.ts'
import { filmsPipeline, testWorkspace } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const runs = join(workspace.path, '.radiograft/runs')
const run = (...args: ReadonlyArray<string>) => workspace.run(['run', filmsPipeline, ...args])

it('a folder with Windows line ends is read and split', async () => {
  const root = writeRsnaFolder({ lineEnd: '\r\n' })
  const { code, out, err } = await run('--data', root)
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain(`rsna ${root}: 16 films, 4 positive, 4 boxes, 16 patients\n`)
  expect(out).toContain(': 5 computed, 0 kept')

  // the check of splits, which runs before any stage, takes this seed for theirs
  const { manifests } = fileStore(join(workspace.path, '.radiograft/store'))
  const seeds = (await manifests.ofStage('split')).map(({ keyParts }) => keyParts.seed)
  expect(seeds).toEqual(Array.from({ length: 4 }, () => deriveSeed(1, 'split', 0)))
})

describe('exit code 2, one error that names the file, no run begun', () => {
  const image = (root: string, name: string): string => join(root, 'stage_2_train_images', name)
  const cases: ReadonlyArray<readonly [string, () => string, RegExp]> = [
    [
      'no positives',
      () => writeRsnaFolder({ positive: () => false }),
      /stage_2_train_labels\.csv: no positives: no film/,
    ],
    [
      'fewer patients than folds',
      () => writeRsnaFolder({ patients: 3 }),
      /stage_2_train_labels\.csv: fewer patients than folds: 3 patient\(s\) for 4 folds/,
    ],
    [
      'a film renamed',
      () => {
        const root = writeRsnaFolder()
        renameSync(image(root, `${filmName(3)}.dcm`), image(root, 'other.dcm'))
        return root
      },
      /there is no film-003\.dcm\n {2}- other\.dcm has no row/,
    ],
    [
      'a truncated film',
      () => {
        const root = writeRsnaFolder()
        truncateSync(image(root, `${filmName(7)}.dcm`), 800)
        return root
      },
      /film-007\.dcm: /,
    ],
  ]
  it.each(cases)('%s', async (_, make, message) => {
    const before = existsSync(runs) ? readdirSync(runs) : []
    const { code, out, err } = await run('--data', make())
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
    expect(code).toBe(2)
    expect(out).not.toContain('starts')
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual(before)
  })

  it('a phantom of fewer patients than folds', async () => {
    const { code, err } = await run('--set', 'films=3')
    expect([code, err]).toEqual([
      2,
      'error: the phantom of 3 film(s): fewer patients than folds: 3 patient(s) for 4 folds. Give films of at least 4 patients, or fewer folds.\n',
    ])
  })
})

it('--preset paper --dry-run: priced in time and disk, nothing rendered', async () => {
  const { code, out } = await run('--preset', 'paper', '--dry-run')
  expect(code).toBe(0)
  // 26,684 films of 512² at 40 a second up to 256², 5.8 times as long; films and twins in bytes, masks of those with boxes
  expect(out).toMatch(/\n {2}read +≈ 1 h 04 min {2}miss: /)
  expect(out).toMatch(/time: about 1 h 04 min \(.*by the price list of two cores\)/)
  expect(out).toMatch(/disk: about 15\.6 GB more in the store, /)
})
