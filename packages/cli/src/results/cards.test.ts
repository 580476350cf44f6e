// What the report's cards are gathered from: counts by hand, headers of real network files, films left out, the command.
import { mkdtempSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileStore, memoryStore, writeArtefact } from '@radiograft/artefact-store'
import type { Artefact, Manifest, Store } from '@radiograft/artefact-store'
import { describe, expect, it } from '@jest/globals'
import { Cohort, Findings, Labels, Network, Preparations, resolvePipeline, Split, Table } from '@radiograft/pipeline'
import type { CohortRow, PreparationRow } from '@radiograft/pipeline'
import study from '../testing/study.ts'
import { cohortsOf } from './cohortsOf.ts'
import { commandOf } from './commandOf.ts'
import { countFilms, tally } from './countFilms.ts'
import { figureArms } from './figureArms.ts'
import { networkHeader } from './networkHeader.ts'
import { rowIds } from '@radiograft/report'
import type { RunResult } from '@radiograft/runner'
import type { RunGraph, RunNode } from './runGraph.ts'
import { tableReader } from './tableReader.ts'

const person = (film: string, patient: string, more: Partial<CohortRow> = {}): CohortRow => ({
  film,
  patient,
  patientKnown: true,
  view: 'PA',
  sex: 'F',
  age: 50,
  ...more,
})
const label = (film: string, target: number) => ({ film, class: target === 1 ? 'Lung Opacity' : 'Normal', target })

describe('films, counted', () => {
  const rows = [
    person('a', 'p', { age: 40 }),
    person('b', 'p', { age: 41, view: 'AP' }),
    person('c', 'q', { age: -1, sex: '' }),
    person('d', 'r', { age: 70 }),
  ]
  const labels = new Map(['a', 'b', 'c', 'd'].map((film) => [film, label(film, film === 'b' ? 1 : 0)]))

  it('films, patients, positives, classes, views, sexes, ages', () => {
    expect(countFilms(rows, labels)).toEqual({
      films: 4,
      patients: 3,
      positives: 1,
      classes: { Normal: 3, 'Lung Opacity': 1 },
      views: { PA: 3, AP: 1 },
      sexes: { F: 3, '': 1 },
      // 40, 41, 70; one is not known
      age: { films: 3, least: 40, median: 41, most: 70 },
    })
  })
  it('one film of an unknown patient, and nobody knows how many patients there are', () => {
    expect(countFilms([...rows, person('e', 'e', { patientKnown: false })], labels).patients).toBeNull()
  })
  it('without labels no positives; without ages no age; the middle of two lies between them', () => {
    expect(countFilms([person('a', 'p', { age: -1 })], undefined)).toMatchObject({ positives: null, age: null })
    expect(countFilms(rows.slice(0, 2), undefined).age!.median).toBe(40.5)
  })
  it('the most frequent first, ties by name', () => {
    expect(Object.keys(tally(['b', 'a', 'c', 'c']))).toEqual(['c', 'a', 'b'])
  })
})

it('row ids of a text, runs told apart from hyphens', () => {
  expect([...rowIds('G7–G9, P4; C5-7')]).toEqual(['G7', 'G8', 'G9', 'P4', 'C5', 'C6', 'C7'])
  expect([...rowIds('ResNet-18, G24 – see P3')]).toEqual(['G24', 'P3'])
  expect(rowIds('')).toEqual(new Set())
})

it('the command that makes a run again: preset, seed, whatever was set, folders without their path', () => {
  expect(commandOf(resolvePipeline(study, {}))).toBe('npx nx run pipelines:study')
  const sets = { films: '30', guess: 'least', 'fit.steps': '7' }
  const datasets = { films: { layout: 'rsna', root: '/home/me/films', skipBad: true, laterals: 'drop' } } as const
  expect(commandOf(resolvePipeline(study, { preset: 'quick', seed: 5, sets, datasets }))).toBe(
    'npx nx run pipelines:study -- --preset quick --data <folder> --skip-bad --laterals drop ' +
      '--set films=30 --set guess=least --set fit.steps=7 --seed 5',
  )
  const named = resolvePipeline(study, { sets: { 'compare.names': `["it's","$HOME"]` } })
  expect(commandOf(named)).toBe(String.raw`npx nx run pipelines:study -- --set 'compare.names=["it'\''s","$HOME"]'`)
})

describe('the head of a network’s file', () => {
  const network = {
    config: { architecture: 'small' },
    tensors: {
      weight: { shape: [3, 3, 1, 4], data: new Float32Array(36) },
      bias: { shape: [4], data: new Float32Array(4) },
      step: { shape: [], data: new Float32Array(1) },
    },
  }
  const stores: ReadonlyArray<readonly [string, Store]> = [
    ['memory', memoryStore()],
    ['a folder', fileStore(mkdtempSync(join(tmpdir(), 'radiograft-header-')))],
  ]

  it.each(stores)('in %s: parameters and name, weights not read', async (_, store) => {
    const artefact = await writeArtefact(store.blobs, Network, network)
    expect(networkHeader(store, artefact)).toEqual({ parameters: 41, architecture: 'small' })
    const nameless = await writeArtefact(store.blobs, Network, { ...network, config: {} })
    expect(networkHeader(store, nameless)).toEqual({ parameters: 41, architecture: '' })
  })
  it('a file that is gone, cut short, or longer than its head says answers nothing', async () => {
    const store = stores[1]![1]
    const artefact = await writeArtefact(store.blobs, Network, network)
    const [chunk] = artefact.chunks
    const claimed = (bytes: number): Artefact => ({ ...artefact, chunks: [{ ...chunk!, bytes }] })
    expect(networkHeader(store, claimed(chunk!.bytes + 4))).toBeUndefined()
    truncateSync(join(store.location, 'blobs', chunk!.digest.slice(0, 2), chunk!.digest.slice(2)), 20)
    expect(networkHeader(store, artefact)).toBeUndefined()
    expect(networkHeader(store, { ...artefact, chunks: [{ ...chunk!, digest: 'f'.repeat(64) }] })).toBeUndefined()
  })
})

/** A graph of one stage that reads films and one that splits them, with what they left in a store. */
const readAndSplit = async (store: Store, unit: 'patient' | 'film'): Promise<RunGraph> => {
  const cohort = [
    person('film-a', 'p'),
    person('film-b', 'p'),
    person('film-c', 'q', { patientKnown: unit !== 'film' }),
  ]
  const prepared = (film: string, more: Partial<PreparationRow>): PreparationRow => ({
    film,
    format: 'dicom',
    rows: 1024,
    columns: 1024,
    bits: 8,
    inverted: false,
    window: 'depth',
    scale: 1,
    padX: 0,
    padY: 0,
    padding: 0,
    ...more,
  })
  const part = (film: string, patient: string, of: 'train' | 'test') => ({
    film,
    patient,
    part: of,
    unit,
    sealed: false,
  })
  const outputs = {
    cohort: await writeArtefact(store.blobs, Cohort, cohort),
    labels: await writeArtefact(
      store.blobs,
      Labels,
      cohort.map(({ film }, i) => label(film, i % 2)),
    ),
    findings: await writeArtefact(store.blobs, Findings, [
      { film: 'film-a', finding: 'Mass', mention: 1 },
      { film: 'film-b', finding: 'Mass', mention: -1 },
    ]),
    preparations: await writeArtefact(store.blobs, Preparations, [
      prepared('film-a', {}),
      prepared('film-b', { format: 'png', rows: 900, padX: 3, window: 'LINEAR 1 2' }),
      prepared('film-c', { inverted: true, bits: 16 }),
    ]),
    left: await writeArtefact(store.blobs, Table, {
      title: 'Films left out',
      rows: 'G1',
      columns: ['films', 'why'],
      cells: [
        [4, 'lateral'],
        ['film-x', 'film-x.dcm cannot be decoded'],
        ['film-y', 'film-y.dcm is empty'],
      ],
    }),
  }
  const split = await writeArtefact(store.blobs, Split, [
    part('film-a', 'p', 'train'),
    part('film-b', 'p', unit === 'film' ? 'test' : 'train'),
    part('film-c', 'q', 'test'),
  ])
  const input = (port: string, from: string, artefact?: Artefact) => ({
    port,
    from,
    kind: artefact?.kind ?? port,
    artefact,
  })
  const nodes = [
    { label: 'read', manifest: { outputs }, inputs: [input('dataset', 'dataset:rsna')] },
    { label: 'split', manifest: { outputs: { split } }, inputs: [input('cohort', 'read', outputs.cohort)] },
  ].map((node) => ({ ...node, manifest: node.manifest as unknown as Manifest }) as unknown as RunNode)
  return {
    nodes,
    byLabel: new Map(nodes.map((node) => [node.label, node])),
    behind: () => new Set(),
    nearest: () => undefined,
  }
}

describe('films of a folder', () => {
  const datasets = [{ name: 'rsna', layout: 'rsna', digest: '' }]
  const card = async (unit: 'patient' | 'film') => {
    const store = memoryStore()
    const [only, ...more] = await cohortsOf(await readAndSplit(store, unit), tableReader(store), datasets, {
      rsna: 'Owed.',
    })
    expect(more).toEqual([])
    return only!
  }

  it('preparation, findings and what was left out, as counts', async () => {
    expect(await card('patient')).toMatchObject({
      dataset: 'rsna',
      layout: 'rsna',
      attribution: 'Owed.',
      stage: 'read',
      size: null,
      whole: { films: 3, patients: 2, positives: 1 },
      preparation: {
        formats: { dicom: 2, png: 1 },
        least: 900,
        most: 1024,
        bits: { 8: 2, 16: 1 },
        inverted: 1,
        padded: 1,
        wholeDepth: 2,
      },
      findings: [{ finding: 'Mass', present: 1, absent: 0, uncertain: 1 }],
      left: [
        { why: 'lateral', films: 4 },
        { why: 'cannot be used', films: 2 },
      ],
    })
  })
  it('a split by patient: nobody in two parts', async () => {
    const [split] = (await card('patient')).splits
    expect(split).toMatchObject({ stage: 'split', unit: 'patient', sealed: false, patientsInSeveralParts: 0 })
    expect(split!.parts.map(({ part, films, patients }) => [part, films, patients])).toEqual([
      ['train', 2, 1],
      ['test', 1, 1],
    ])
  })
  it('a split by film says so, and counts no patients that are not known', async () => {
    const { splits, whole } = await card('film')
    expect(splits[0]).toMatchObject({ unit: 'film', patientsInSeveralParts: null })
    expect(whole.patients).toBeNull()
  })
  it('names no film and no patient', async () => {
    expect(JSON.stringify(await card('film'))).not.toMatch(/film-[a-z]|"[pq]"/)
  })
})

it('a figure that nothing measured, of no row, has no arms', () => {
  const graph = { byLabel: new Map() } as unknown as RunGraph
  const arms = [
    { name: 'plain', by: 'compare', networks: ['fit'], rows: new Set(['G17']) },
    { name: 'graft', by: 'measure', networks: [], rows: new Set(['G8']) },
  ]
  const of = figureArms(graph, arms, {})
  expect(of('any', '')).toEqual({ arms: [] })
  expect(of('any', 'G7–G9')).toEqual({ arms: ['graft'] })
})

describe('a figure’s arms', () => {
  // films → generator → residual → detector → compare
  const stage = (label: string, from: ReadonlyArray<readonly [string, string]>, more: object = {}): RunNode =>
    ({
      label,
      node: { params: {}, ...more },
      manifest: { outputs: label.startsWith('fit') ? { network: { kind: 'network' } } : {} },
      inputs: from.map(([of, kind]) => ({ port: kind, from: of, kind, artefact: undefined })),
    }) as unknown as RunNode
  const nodes = [
    stage('fit-generator', []),
    stage('residual', [['fit-generator', 'network']]),
    stage('fit-detector', [['residual', 'films']]),
    stage('compare', [['fit-detector', 'network']]),
    stage('draw-residual', [['residual', 'films']]),
    stage('draw-metrics', [['compare', 'metrics']], { params: { metrics: ['ap'] } }),
  ]
  const byLabel = new Map(nodes.map((node) => [node.label, node]))
  const behind = (label: string): ReadonlySet<string> =>
    new Set([label, ...(byLabel.get(label)?.inputs ?? []).flatMap(({ from }) => [...behind(from)])])
  const graph: RunGraph = { nodes, byLabel, behind, nearest: () => undefined }
  const arms = [
    { name: 'generator', by: 'measure', networks: ['fit-generator'], rows: new Set(['G10']) },
    { name: 'plain', by: 'compare', networks: ['fit-detector'], rows: new Set(['G15']) },
  ]
  const result = (node: string) => [{ node }] as unknown as RunResult['results'][string]
  const of = figureArms(graph, arms, { residuals: result('draw-residual'), forest: result('draw-metrics') })

  it('a row that two answer: the one that judges the network which the figure shows', () => {
    expect(of('residuals', 'G10, G15')).toEqual({ arms: ['generator'] })
    // of none that judges it, all of the row
    expect(of('residuals', 'G15')).toEqual({ arms: ['plain'] })
  })
  it('a figure that draws some metrics says which', () => {
    expect(of('forest', 'G24')).toEqual({ arms: ['plain'], metrics: ['ap'] })
  })
})
