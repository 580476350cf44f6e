// `radiograft profile` on a stage that trains, and `run --precision`, as a user starts them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { testWorkspace, tinyPipeline, trainedPipeline } from '../testing/testWorkspace.ts'

jest.setTimeout(300_000)
const workspace = testWorkspace()
const at = (name: string): string => join(workspace.path, name)
const trained = ['--pipeline', trainedPipeline] as const
/** Runs, and what a stage leaves while it is computed. */
const folders = (): ReadonlyArray<string> =>
  ['runs', 'only', 'store/checkpoints', 'store/graphs'].flatMap((name) => {
    const folder = at(`.radiograft/${name}`)
    return existsSync(folder) ? readdirSync(folder).map((one) => `${name}/${one}`) : []
  })
const manifests = (): ReadonlyArray<string> => readdirSync(at('.radiograft/store/manifests')).toSorted()

interface Told {
  readonly label: string
  readonly precision: string
  readonly steps: number
  readonly threads: number
  readonly secondsPerStep: { readonly timed: number; readonly traced: number }
  readonly byKind: ReadonlyArray<{ readonly name: string; readonly milliseconds: number; readonly share: number }>
  readonly byLayer: ReadonlyArray<{ readonly name: string; readonly milliseconds: number }>
  readonly byOp: ReadonlyArray<{
    readonly layer: string
    readonly op: string
    readonly gflop?: number
    readonly implementations: ReadonlyArray<string>
  }>
  readonly oneDnn: ReadonlyArray<{ readonly kind: string }>
}

describe('before its inputs are there', () => {
  it('says which command computes them', async () => {
    const { code, out, err } = await workspace.run(['profile', 'train[twice=on]', ...trained, '--set', 'numbers=5'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/train\[twice=on\] cannot be profiled: what it reads is not in the store \(feed\)/)
    expect(err).toMatch(/run \S*trained\.ts --set numbers=5 --only feed\n/)
  })

  it.each([
    [['trian'], /unknown stage 'trian', did you mean 'train'\?/],
    [['train', 'it'], /'it' is one name too many after 'train'/],
    [[], /which stage\?/],
    [['train', '--steps', '0'], /--steps '0': expected a whole number from 1 to 1000/],
    [['feed'], /'feed' computes without the tensor runtime/],
    [['train', '--precision', 'fp16'], /--precision 'fp16': it is one of fp32, bf16, auto/],
  ])('%j is refused', async (args, message) => {
    const { code, out, err } = await workspace.run(['profile', ...args, ...trained])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
})

describe('of a stage that trains', () => {
  beforeAll(async () => {
    const { code, err } = await workspace.run(['run', trainedPipeline, '--only', 'feed'])
    expect([code, err]).toEqual([0, ''])
  })

  it('times and traces its steps; their parts add up, the convolution and its layer are found, nothing is kept', async () => {
    const [before, made] = [manifests(), folders()]
    const trace = at('trace.json')
    const { code, out } = await workspace.run([
      'profile',
      'train',
      ...trained,
      '--steps',
      '3',
      '--json',
      '--trace',
      trace,
    ])
    expect(code).toBe(0)
    const told = JSON.parse(out) as Told
    expect(told).toMatchObject({ label: 'train[twice=off]', precision: 'fp32', steps: 3 })
    expect(told.byKind.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
    const all = told.byKind.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
    expect(all).toBeCloseTo(told.secondsPerStep.traced * 1000, 3)
    // each moment is shared, so the ops' own parts cannot be more than the step
    const ops = told.byLayer.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
    expect(ops).toBeLessThanOrEqual(all)
    expect(told.byKind.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['convolution forward', 'convolution backward filter', 'host']),
    )
    const forward = told.byOp.find(({ layer, op }) => layer === 'body/conv' && op === 'Conv2D')!
    // 2 · 2 · 32 · 32 · 8 · 3 · 3 · 8
    expect(forward.gflop).toBeCloseTo(0.002359, 5)
    expect(told.byLayer.map(({ name }) => name)).toContain('body/conv/grad')
    expect(manifests()).toEqual(before)
    expect(folders()).toEqual(made)
    const { traceEvents } = JSON.parse(readFileSync(trace, 'utf8')) as {
      readonly traceEvents: ReadonlyArray<{ readonly name: string; readonly ph: string; readonly dur: number }>
    }
    expect(traceEvents.filter(({ name }) => name.startsWith('graph '))).toHaveLength(3)
    expect(traceEvents.some(({ name, dur }) => /^body\/conv\/.*Conv2D/.test(name) && dur > 0)).toBe(true)
  })

  it('as people read it: seconds, shares, layers, what can be done; of several arms it takes the first and says so', async () => {
    const { code, out, err } = await workspace.run(['profile', 'train', ...trained, '--steps', '2'])
    expect(code).toBe(0)
    expect(err).toMatch(/of 2 arms train\[twice=off\]; others: train\[twice=on\]\n/)
    expect(err).toMatch(/train\[twice=off\]: 3 steps to warm up, 2 timed, 2 traced/)
    expect(out).toMatch(/^train\[twice=off\] {2}trained default, fp32, \d+ threads, TensorFlow 2\./)
    expect(out).toMatch(
      /\n\d+\.\d{3} s a step, \d+\.\d{3} s while it is traced \(2 steps\); \d+ ops a step; peak: \d+ GFLOP/,
    )
    expect(out).toMatch(/\nBy sort of work, a step\n +ms +share +calls +GFLOP +GFLOP\/s +of peak\n/)
    expect(out).toMatch(/\n {2}body\/conv Conv2D +\d+\.\d +\d+\.\d % +1 +0\.00 +\d+ +\d+ % {2}2×32×32×8/)
    expect(out).toMatch(/\noneDNN’s primitives/)
  })

  it('a stage that ends too soon: how many calls there were, and what to do', async () => {
    const { code, out, err } = await workspace.run(['profile', 'train', ...trained, '--set', 'steps=8'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(
      /train\[twice=off\] called its compiled graph 8 times and ended; 14 calls are needed for 5 steps\. Try --steps 2\./,
    )
    expect((await workspace.run(['profile', 'train', ...trained, '--set', 'steps=8', '--steps', '2'])).code).toBe(0)
  })
})

describe('--precision', () => {
  const runtimeOf = async (...args: ReadonlyArray<string>): Promise<string> => {
    const { code, out, err } = await workspace.run(['run', trainedPipeline, '--dry-run', ...args])
    expect([code, err]).toEqual([0, ''])
    return /\n {2}runtime: .*/.exec(out)![0]
  }
  it('is what the flag says, else what the preset says, else fp32', async () => {
    expect(await runtimeOf()).toMatch(/, fp32, /)
    expect(await runtimeOf('--preset', 'quick')).toMatch(/, bf16, /)
    expect(await runtimeOf('--preset', 'quick', '--precision', 'fp32')).toMatch(/, fp32, /)
    expect(await runtimeOf('--precision', 'bf16')).toMatch(/, bf16, /)
  })

  it('auto is resolved before the plan, and the key holds what it came to', async () => {
    const only = ['--set', 'steps=5', '--only', 'train[twice=off]']
    const { code, out, err } = await workspace.run(['run', trainedPipeline, '--precision', 'auto', ...only])
    expect([code, err]).toEqual([0, ''])
    const [, chosen] = /^precision (fp32|bf16): a bf16 step (?:takes|is) [\d.]+ times as (?:long|fast) here\n/m.exec(
      out,
    )!
    const keyed = manifests()
      .map((file) => JSON.parse(readFileSync(at(`.radiograft/store/manifests/${file}`), 'utf8')) as Kept)
      .find(({ manifest }) => manifest.stage === 'train')!
    expect(keyed.manifest.keyParts.runtime.precision).toBe(chosen)
    // the same by its name is there already, the other is another key
    const again = await workspace.run(['run', trainedPipeline, '--precision', chosen!, ...only])
    expect(again.out).toMatch(/kept {2}train/)
    const other = chosen === 'fp32' ? 'bf16' : 'fp32'
    expect((await workspace.run(['run', trainedPipeline, '--precision', other, ...only])).out).toMatch(
      /computed {2}train/,
    )
  })
})
interface Kept {
  readonly manifest: {
    readonly stage: string
    readonly keyParts: { readonly runtime: { readonly precision: string } }
  }
}

it('--help has examples, and completion knows the stages of its pipeline', async () => {
  const { out } = await workspace.run(['profile', '--help'])
  expect(out).toMatch(/^radiograft profile <stage> \[flags\]\n/)
  const stages = await workspace.run(['completion', 'candidates', 'stage', 'profile', '--pipeline', tinyPipeline])
  expect(stages.out.split('\n')).toEqual(expect.arrayContaining(['count', 'sum']))
  const granet = await workspace.run(['completion', 'candidates', 'stage', 'profile'])
  expect(granet.out.split('\n')).toContain('fit-realistic')
})
