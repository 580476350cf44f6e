import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { memoryManifests } from '@radiograft/artefact-store'
import type { Artefact, Manifest } from '@radiograft/artefact-store'
import type { AnyPipeline, PriceGiven as Given, ResolveOptions } from '@radiograft/pipeline'
import { resolvePipeline } from '@radiograft/pipeline'
import type { Plan, PlannedNode } from '@radiograft/runner'
import { loadPipeline } from '../files/pipelineFile.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { checkSpace, freeBytes } from './checkSpace.ts'
import { pricePlan } from './pricePlan.ts'
import { priceOf, stagePrices } from './stagePrices.ts'

const given = (params: Given['params'], more: Partial<Given> = {}): Given => ({
  params,
  films: { count: 100, side: 128 },
  network: {},
  ...more,
})
/** Seconds of a step: what 11 steps take more than one. */
const step = (stage: string, params: Given['params'], side = 128): number => {
  const price = (steps: number): number =>
    stagePrices[stage]!.seconds(given({ ...params, steps }, { films: { count: 100, side } }))
  return (price(11) - price(1)) / 10
}

describe('the price list says what was measured', () => {
  it.each([
    // training.md, compiled fp32 on two cores
    ['fit-realistic', { size: 128, filters: 64, blocks: 9, batch: 4 }, 128, 1.9],
    ['fit-realistic', { size: 128, filters: 32, blocks: 6, batch: 4 }, 128, 0.41],
    ['fit-abnormal-to-normal', { size: 64, filters: 32, blocks: 6, batch: 8 }, 128, 0.21],
    ['fit-detector', { headChannels: 256, batch: 4 }, 256, 1.15],
    ['fit-detector', { headChannels: 64, batch: 4 }, 256, 0.42],
    ['fit-detector', { headChannels: 64, batch: 8 }, 128, 0.22],
    ['fit-aligner', { size: 64, batch: 16 }, 128, 0.125],
  ])('%s %j, films of %d: %d s a step, within 20 %%', (stage, params, side, seconds) => {
    expect(Math.abs(step(stage, params, side) / seconds - 1)).toBeLessThan(0.2)
  })

  it('a stage that says itself what it costs, and what starting its process takes', () => {
    const price = {
      seconds: ({ params }: Given) => 2 * Number(params['steps']),
      films: { made: () => ({ count: 3, side: 4 }) },
    }
    const own = priceOf({ name: 'fit-realistic', resource: 'compute', price })!
    expect(own.seconds(given({ steps: 50 }))).toBe(100 + 6)
    expect(own.films!['made']!(given({}))).toEqual({ count: 3, side: 4 })
    expect(priceOf({ name: 'novel', resource: 'light', price })!.seconds(given({ steps: 50 }))).toBe(100.5)
  })

  it('a stage of tensors that is not listed has none; any other costs a pass over its films', () => {
    expect(priceOf({ name: 'fit-novel', resource: 'compute' })).toBeUndefined()
    expect(priceOf({ name: 'novel', resource: 'light' })!.seconds(given({}))).toBeCloseTo(0.5 + 100 * 128 * 128 * 5e-8)
  })
})

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const granet = (): Promise<AnyPipeline> => loadPipeline(`${root}pipelines/src/granet.ts`)

/** The plan of an empty store: all that pricing reads of it. */
const emptyPlan = (pipeline: AnyPipeline, options: ResolveOptions): Plan => {
  const resolved = resolvePipeline(pipeline, options)
  const nodes = resolved.nodes
    .filter(({ stage }) => stage !== undefined)
    .map((node): PlannedNode => ({ node, status: { _tag: 'unknown', until: 'read' }, seconds: undefined }))
  return { pipeline: resolved, nodes, seconds: 0, untimed: nodes.length } as unknown as Plan
}

describe('a plan with nothing computed before', () => {
  it('paper: every stage of granet has a price, and the trainings are steps times the measured step', async () => {
    const { plan, prices } = await pricePlan(
      emptyPlan(await granet(), { preset: 'paper', sets: { seed: '0' } }),
      memoryManifests(),
      {},
    )
    expect([...prices.byLabel].filter(([, { basis }]) => basis !== 'price list')).toEqual([])
    const seconds = (label: string): number => prices.byLabel.get(label)!.seconds!
    // 100,000 steps of 1.9 s at 128², 16 times as many pixels; 77,000 of 1.15 s at 256², batch 6, 4 times as many
    expect(seconds('fit-realistic[fold=0]')).toBeCloseTo(6 + 100_000 * 1.9 * 16, 0)
    expect(seconds('fit-detector[fold=3,arm=attention]')).toBeCloseTo(6 + 77_000 * 1.15 * 1.5 * 4, 0)
    // the detector's steps and three of the generator's for each, 64 filters at 512², batch 4
    expect(seconds('fit-alternating[fold=0,arm=schedule:1:3]')).toBeCloseTo(
      6 + 77_000 * (1.15 * 1.5 * 4 + 3 * 1.9 * 16),
      0,
    )
    // 26,684 films of 512² in bytes, their twins, and masks of those with boxes
    const film = 26_684 * 512 * 512
    const masked = Math.ceil(26_684 * 0.2253) * 512 * 512
    expect(prices.byLabel.get('read')!.bytes).toBe(2 * film + masked)
    expect(prices.byLabel.get('align[fold=0]')!.bytes).toBe(2 * film)
    expect(prices.bytes).toBeGreaterThan(100e9)
    expect(plan.untimed).toBe(0)
    expect(plan.seconds).toBeCloseTo(prices.seconds)
  })

  it('films that a generator makes have its size, however large those that it reads are', async () => {
    const { prices } = await pricePlan(
      emptyPlan(await granet(), { preset: 'paper', sets: { ganSize: '64', seed: '0', arm: 'attention' } }),
      memoryManifests(),
      {},
    )
    expect(prices.byLabel.get('generate[fold=0]')!.bytes).toBe(2 * 26_684 * 64 * 64)
  })

  it('a generator that trained in turn with a detector costs what the one costs that it started from', async () => {
    const options = { preset: 'quick', sets: { arm: 'attention,schedule:1:1', seed: '0' } }
    const { prices } = await pricePlan(emptyPlan(await granet(), options), memoryManifests(), {})
    const seconds = (arm: string): number => prices.byLabel.get(`generate[arm=${arm}]`)!.seconds!
    expect(seconds('schedule:1:1')).toBe(seconds('attention'))
  })

  it('counts the films of a folder', async () => {
    const pipeline = await loadPipeline(fileURLToPath(new URL('../testing/films.ts', import.meta.url)))
    const datasets = { rsna: { layout: 'rsna' as const, root: emptyFolder('rsna') } }
    const { prices } = await pricePlan(emptyPlan(pipeline, { datasets }), memoryManifests(), { rsna: 151 })
    expect(prices.byLabel.get('read')).toEqual({ seconds: 151 * 0.03, bytes: 151 * 32 * 32, basis: 'price list' })
  })
})

describe('a plan with earlier computations', () => {
  const films: Artefact = {
    kind: 'films',
    digest: 'd',
    schema: 's',
    chunks: [{ digest: 'c', bytes: 800_000, rows: 100 }],
    rows: 100,
    meta: { height: 64, width: 64, storage: 'uint8' },
  }
  const manifest = (more: Partial<Manifest> & { readonly params: Readonly<Record<string, unknown>> }): Manifest =>
    ({
      format: 1,
      key: 'a'.repeat(64),
      node: 'n',
      keyParts: { params: more.params },
      outputs: {},
      provenance: [],
      ...more,
    }) as unknown as Manifest

  it('of one that goes on, the rest by its own pace, whatever earlier ones took', async () => {
    const plan = emptyPlan(await granet(), { preset: 'quick' })
    const checkpoint = { step: 10, total: 60, secondsLeft: 25 }
    const nodes = plan.nodes.map((planned): PlannedNode =>
      planned.node.id === 'fit-aligner'
        ? { ...planned, status: { _tag: 'miss', key: 'k', parts: {} as never, reason: 'never computed', checkpoint } }
        : planned,
    )
    const { prices, plan: priced } = await pricePlan({ ...plan, nodes }, memoryManifests(), {})
    const going = nodes.find(({ status }) => status._tag === 'miss')!.node.label
    expect(prices.byLabel.get(going)).toMatchObject({ seconds: 25, basis: 'checkpoint' })
    expect(priced.nodes.find(({ node }) => node.label === going)!.seconds).toBe(25)
  })

  it('a fit is scaled from the nearest of them, in steps, batch and pixels, not taken as it was', async () => {
    const manifests = memoryManifests()
    await manifests.commit(
      manifest({
        key: 'b'.repeat(64),
        stage: 'render-phantom',
        params: { films: 100, size: 64 },
        seconds: 3,
        outputs: { films },
      }),
    )
    const from = [{ port: 'films', from: 'b'.repeat(64), output: 'films', digest: 'd' }]
    // by the list: 6 + 10 · 0.025 · (.37 + .78/16) = 6.1 s
    await manifests.commit(
      manifest({
        key: 'c'.repeat(64),
        stage: 'fit-detector',
        params: { steps: 10, batch: 4, headChannels: 64 },
        seconds: 1000,
        provenance: from,
      }),
    )
    const fit = { steps: 20_000, batch: 4, headChannels: 64 }
    await manifests.commit(
      manifest({ key: 'd'.repeat(64), stage: 'fit-detector', params: fit, seconds: 2 * 529, provenance: from }),
    )
    const options = {
      preset: 'default',
      sets: { size: '64', 'fit-detector.steps': '40000', detectorBatch: '4', arm: 'plain' },
    }
    const { prices } = await pricePlan(emptyPlan(await granet(), options), manifests, {})
    const price = prices.byLabel.get('fit-detector')!
    expect(price.basis).toBe('earlier run')
    // the list's step at 64², batch 4: (1/16) · .41875 s; then 6 + 20,000 steps, now 6 + 40,000
    const ratio = (6 + (40_000 * 0.41875) / 16) / (6 + (20_000 * 0.41875) / 16)
    expect(price.seconds).toBeCloseTo(2 * 529 * ratio, 3)
    expect(prices.byLabel.get('fit-aligner')!.basis).toBe('price list')
  })

  it('bytes are scaled from what was written', async () => {
    const manifests = memoryManifests()
    await manifests.commit(
      manifest({ stage: 'render-phantom', params: { films: 100, size: 64 }, seconds: 3, outputs: { films } }),
    )
    const pipeline = await loadPipeline(fileURLToPath(new URL('../testing/films.ts', import.meta.url)))
    const { prices } = await pricePlan(emptyPlan(pipeline, { sets: { films: '1000', size: '64' } }), manifests, {})
    // 800,000 bytes for 100 · 64² pixels
    expect(prices.byLabel.get('read')!.bytes).toBeCloseTo((2 * 1000 + 226) * 64 * 64 * (800_000 / (100 * 64 * 64)), 3)
    expect(prices.byLabel.get('read')!.seconds).toBeCloseTo(30)
  })
})

it('room in the store: told before a run that would not fit', async () => {
  expect(await freeBytes(tmpdir())).toBeGreaterThan(0)
  expect(await freeBytes('/nowhere/at/all')).toBeUndefined()
  expect(() => checkSpace('/store', 5, 5)).not.toThrow()
  expect(() => checkSpace('/store', 5, undefined)).not.toThrow()
  expect(() => checkSpace('/store', 290e9, 77e9)).toThrow(
    'this run would write about 290 GB into the store /store, and 77.0 GB are free there. Free some space, choose another',
  )
})
