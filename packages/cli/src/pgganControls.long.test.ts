// Known answers of generated films (rows P4, P10, P11) through the whole pipeline, as a user runs it: a phantom that small networks can learn
// in minutes, a class kept from the generators, and what the run's own verdicts say. About four minutes on two quiet cores.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, jest } from '@jest/globals'
import { testWorkspace } from './testing/testWorkspace.ts'

jest.setTimeout(1_800_000) // a machine that runs other things as well is slow, not wrong

/** Films of one pose without noise, lesions that are easy to see or none: what is left to learn is anatomy. */
const easy = { 'read.jitter': 0, 'read.noise': 0, 'read.view': 'PA', 'read.distractors': 0, difficulty: 0 }
const small = {
  films: 600,
  classifierSteps: 200,
  samples: 200,
  largest: 32,
  fadeImages: 1600,
  stableImages: 1600,
  lastImages: 6400,
  emaDecay: 0.98,
  seenImages: 16_000,
  dcganWidth: 32,
}
const leaveOut = 'Lung Opacity'

const workspace = testWorkspace()
let out = ''
let metrics: Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number }>> = {}

beforeAll(async () => {
  const sets = Object.entries({ ...easy, ...small, leaveOut }).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  const ended = await workspace.run(['run', 'pggan', '--preset', 'quick', ...sets, '--store', 'store', '--out', 'run'])
  out = ended.out
  expect([ended.code, ended.err]).toEqual([0, ended.err])
  metrics = JSON.parse(readFileSync(join(workspace.path, 'run/metrics.json'), 'utf8')) as typeof metrics
})

const value = (name: string): number => metrics[name]!.value
/** The first word or words of the line on which a claim stands. */
const verdictOn = (claim: string): string | undefined =>
  out
    .split('\n')
    .find((line) => line.includes(claim))
    ?.trim()
    .match(/^(holds|fails|cannot tell|not tested)/)?.[1]

it('P4: of sets of held-out films whose classes are known the shares are found', () => {
  expect(verdictOn('of two sets of held-out films whose classes are known')).toBe('holds')
  expect(value('known-mixes/test/known-shares-recovered')).toBe(1)
})

it('P11: a class that a set of held-out films lacks is reported missing', () => {
  expect(verdictOn('a class that a set of held-out films lacks')).toBe('holds')
  expect(value('mix-without/test/absent-class-missing')).toBe(1)
})

it('P11: whether a class that the generator was not shown is missed is told, and what rests on it is told only where it is', () => {
  // A training of minutes makes blurred films, some of which a classifier may take for opacities: then this control fails. After a longer one
  // it holds, as the README of the pipelines tells; that takes too long here.
  const missing = value('pggan/test/absent-class-missing')
  expect(verdictOn('a class that the generator was not shown')).toBe(missing === 1 ? 'holds' : 'fails')
  expect(missing).toBe(1 - value('pggan/test/found-Lung Opacity'))
  expect(value('pggan/test/found-Normal')).toBe(1)
  if (missing < 1) expect(verdictOn('All abnormalities are among the generated films.')).toBe('cannot tell')
})

it('P10: planted training films are blocked by name and reach no export, films of other patients pass', () => {
  expect(verdictOn('training films that are planted among generated ones')).toBe('holds')
  expect(metrics['planted/test/planted-blocked']).toMatchObject({ value: 1, low: expect.closeTo(0.631, 3) })
  expect([value('planted/test/planted-named'), value('planted/test/planted-exported')]).toEqual([1, 0])
  expect(value('planted-others/test/planted-blocked')).toBeLessThan(0.25)
})

it('P10: a memoriser fails the memorisation report', () => {
  expect(verdictOn('a set of training films in another exposure')).toBe('holds')
  expect(value('memoriser/test/memorised-pixels-32x32')).toBe(1)
  expect(value('memoriser/test/near-copy-share-pixels-32x32')).toBeGreaterThan(0.9)
})
