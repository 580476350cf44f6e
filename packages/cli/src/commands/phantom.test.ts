// `radiograft phantom` as a user starts it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { testWorkspace } from '../testing/testWorkspace.ts'
import type { Ended } from '../testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const phantom = (...args: ReadonlyArray<string>): Promise<Ended> => workspace.run(['phantom', ...args])

it('films in a layout, where they are, and commands that read them', async () => {
  const out = join(workspace.path, 'multi films')
  const knobs = [
    '--films',
    '8',
    '--size',
    '32',
    '--layout',
    'nih',
    '--cohort',
    'multi',
    '--seed',
    '3',
    '--delta',
    '0.2',
  ]
  const { code, out: text, err } = await phantom(...knobs, '--out', 'multi films')
  expect([code, err]).toEqual([0, ''])
  expect(text).not.toContain('\u001B')
  expect(text).toMatch(/^done in .*: 8 films of 4 patients, \d+ positive, \d+ boxes, layout nih\n/)
  expect(text).toContain(`\n${out}\n`)
  expect(text).toContain("\n  npm run radiograft -- data 'multi films'\n")
  expect(text).toContain("\n  npx nx run pipelines:granet -- --data 'multi films'\n")
  const readme = readFileSync(join(out, 'README.txt'), 'utf8')
  for (const said of ['layout: nih', 'seed: 3', 'difficulty: 0.2', 'cohort: multi']) expect(readme).toContain(said)

  const described = await workspace.run(['data', out, '--no-pixels', '--finding', 'Atelectasis'])
  expect([described.code, described.err]).toEqual([0, ''])
  expect(described.out).toMatch(/^nih .*\n\nWhat is there\nfilms +8, of which /)
  expect(described.out).toMatch(/\npatients +4, up to 4 films each \(patients by films: 1: 2, 2: 1, 4: 1\)\n/)
})

it('of a folder a class, the command that it names works', async () => {
  const { out } = await phantom('--films', '16', '--size', '32', '--layout', 'classes', '--out', 'classes')
  const command = /\n {2}npm run radiograft -- (data classes .*)\n$/.exec(out)![1]!
  const described = await workspace.run([...command.split(' '), '--no-pixels'])
  expect([described.code, described.err]).toEqual([0, ''])
  expect(described.out).toContain("positive for 'PNEUMONIA'")
  expect(out).not.toContain('granet')
})

it('knobs reach the films: all AP, three boxes each, 12 bits', async () => {
  const out = join(workspace.path, 'knobs')
  const knobs = ['--view', 'AP', '--boxes', '3', '--bits', '12', '--distractors', '0', '--monochrome1', '--devices']
  expect((await phantom('--films', '12', '--size', '32', '--out', out, ...knobs)).code).toBe(0)
  const { out: text } = await workspace.run(['data', out, '--json'])
  expect(JSON.parse(text)).toMatchObject({
    films: 12,
    views: [{ value: 'AP' }],
    pixels: { bits: { 12: 12 }, inverted: 12 },
    boxes: { perFilm: [0, 0, expect.any(Number)] },
  })
})

describe('what cannot be done: exit code 2, one error, nothing written', () => {
  const full = (): string => {
    const folder = emptyFolder('full')
    writeFileSync(join(folder, 'thesis.tex'), '')
    return folder
  }
  const cases: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [['--films', '8'], /^error: how many films, and where\? npm run radiograft -- phantom --films <n> --out <dir>/],
    [['--films', '0', '--out', 'x'], /^error: --films '0': expected a whole number from 1 to 1000000\.\n$/],
    [['--films', '8', '--out', 'x', 'y'], /^error: 'y' is not expected: the folder is given with --out <dir>\.\n$/],
    [['--films', '8', '--out', 'x', '--layout', 'rnsa'], /^error: unknown layout 'rnsa', did you mean 'rsna'\?/],
    [
      ['--films', '8', '--out', 'x', '--size', '100'],
      /^error: .*size is 100\. Choose 32, 64, 128, 256, 512, 1024\.\n$/,
    ],
    [['--films', '8', '--out', 'x', '--delta', 'hard'], /^error: --delta 'hard': expected a number\.\n$/],
    [
      ['--films', '8', '--out', 'x', '--marker-coupling', '2'],
      /^error: .*marker-coupling is 2\. Choose a number from 0 to 1\.\n$/,
    ],
    [
      ['--films', '8', '--out', full()],
      /^error: .*it holds thesis\.tex\. Give a folder that is empty or not there yet/,
    ],
  ]
  it.each(cases)('%j', async (args, message) => {
    const { code, out, err } = await phantom(...args)
    expect(err).toMatch(message)
    expect([code, out]).toEqual([2, ''])
    expect(readdirSync(workspace.path)).not.toContain('x')
  })
})

it('Ctrl-C: exit code 130, and a folder that nobody takes for a whole one', async () => {
  const out = join(workspace.path, 'stopped')
  const args = ['phantom', '--films', '4000', '--size', '64', '--out', out]
  const ended = await workspace.onTerminal(args, { until: 'rendering 1' })
  expect(ended.code).toBe(130)
  expect(ended.out).toContain(`Stopped. The films that were done are in ${out}/.unfinished: remove it to begin again.`)
  expect(readdirSync(out)).toEqual(['.unfinished'])
  expect(await workspace.run(['data', out])).toMatchObject({ code: 2, out: '' })
  const again = await phantom('--films', '4', '--out', out)
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('.unfinished')])
})
