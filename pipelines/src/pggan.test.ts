// The pipeline as a value: what each preset runs, who sees which films, and that controls are measured apart from what is exported.
import { describe, expect, it } from '@jest/globals'
import {
  resolvePipeline,
  validatePipeline,
  type AnyRef,
  type ResolvedNode,
  type ResolveOptions,
} from '@radiograft/pipeline'
import pggan from './pggan.ts'

const nih = { films: { layout: 'nih', root: '/films' } } as const
const resolved = (options: ResolveOptions = {}) => resolvePipeline(pggan, options)
type Nodes = ReadonlyArray<ResolvedNode>
const of = (nodes: Nodes, id: string): Nodes => nodes.filter((node) => node.id === id)
const one = (nodes: Nodes, id: string): ResolvedNode => {
  const [found, ...others] = of(nodes, id)
  expect([id, others.length]).toEqual([id, 0])
  return found!
}
const refsOf = (wired: unknown): ReadonlyArray<AnyRef> =>
  Array.isArray(wired) ? (wired as ReadonlyArray<AnyRef>) : wired === undefined ? [] : [wired as AnyRef]
const wiredTo = ({ inputs }: ResolvedNode, port: string): ReadonlyArray<string> =>
  refsOf(inputs[port]).map((ref) => `${ref.node.id}.${ref.port}`)
/** Ids of all nodes that this one is made of. */
const ancestors = (node: Pick<ResolvedNode, 'inputs'>, seen = new Set<string>()): ReadonlySet<string> => {
  for (const ref of Object.values(node.inputs).flatMap(refsOf))
    if (!seen.has(ref.node.id)) {
      seen.add(ref.node.id)
      ancestors(ref.node, seen)
    }
  return seen
}

describe('pggan', () => {
  it('is valid', () => expect(() => validatePipeline(pggan)).not.toThrow())

  it.each(['quick', 'default', 'rehearsal', 'paper'])(
    'resolves with preset %s, on the phantom and on films',
    (preset) => {
      for (const datasets of [{}, nih]) {
        const { cells, nodes } = resolved({ preset, datasets })
        expect(cells).toHaveLength(1)
        // every control, whatever the films
        for (const id of ['check-mixes', 'count-planted', 'measure-memoriser']) expect(of(nodes, id)).toHaveLength(1)
        for (const id of ['leave-out-class', 'check-left-out', 'pool-seeds']) expect(of(nodes, id)).toHaveLength(0)
      }
    },
  )

  it('findings by themselves are judged, and mixed, by their tables', () => {
    const { nodes } = resolved({ datasets: nih, sets: { findings: 'true' } })
    for (const id of ['measure-shares', 'mix-classes', 'measure-mixes'])
      expect(wiredTo(one(nodes, id), 'findings')).toEqual(['read.findings'])
    expect(wiredTo(one(resolved({ datasets: nih }).nodes, 'mix-classes'), 'findings')).toEqual([])
  })
})

describe('mixes of known shares (P4, P11)', () => {
  const { nodes } = resolved()
  it('are of held-out films by the classifier that measures, beside a source that shares no patient with them', () => {
    expect(wiredTo(one(nodes, 'mix-classes'), 'split')).toEqual(['split.split'])
    const measured = one(nodes, 'measure-mixes')
    expect(wiredTo(measured, 'split')).toEqual(['mix-classes.split'])
    expect(wiredTo(measured, 'generated')).toEqual(['mix-classes.unlike', 'mix-classes.without'])
    expect(measured.params['names']).toEqual(['mix-unlike', 'mix-without'])
    for (const port of ['validation', 'heldOut']) expect(wiredTo(measured, port)).toEqual(['classify-real.predictions'])
    expect(wiredTo(measured, 'provenance')).toEqual(['fit-classifier.provenance'])
  })
  it('need no generator', () => {
    const behind = ancestors(one(nodes, 'check-mixes'))
    expect([...behind].filter((id) => /^(fit-progressive|fit-dcgan|sample)/.test(id))).toEqual([])
  })
  it('are measured as generated films are, by the same levels', () => {
    const [mixes, generated] = ['measure-mixes', 'measure-shares'].map((id) => one(nodes, id))
    expect(mixes!.stage).toBe(generated!.stage)
    for (const name of ['threshold', 'margin', 'level']) expect(mixes!.params[name]).toEqual(generated!.params[name])
  })
})

describe('planted copies (P10)', () => {
  const { nodes } = resolved()
  it('none is among what is exported, nor in any figure of a generator', () => {
    const exported = one(nodes, 'block-copies')
    expect(wiredTo(exported, 'generated')).toEqual(['sample-films.films'])
    for (const id of ['block-copies', 'measure-memorisation', 'measure-shares', 'measure-distribution', 'draw-grids'])
      expect([...ancestors(one(nodes, id))].filter((name) => /plant|replay|memoriser/.test(name))).toEqual([])
  })
  it('are measured and blocked by the same stages as generated films, by the same split and features', () => {
    const [own, planted, memoriser] = ['measure-memorisation', 'measure-planted', 'measure-memoriser'].map((id) =>
      one(nodes, id),
    )
    for (const node of [planted!, memoriser!]) {
      expect(node.stage).toBe(own!.stage)
      for (const port of ['real', 'split', 'realFeatures', 'provenance'])
        expect([port, wiredTo(node, port)]).toEqual([port, wiredTo(own!, port)])
      for (const name of ['rate', 'level', 'side']) expect(node.params[name]).toEqual(own!.params[name])
    }
    expect(one(nodes, 'block-planted').stage).toBe(one(nodes, 'block-copies').stage)
    expect(wiredTo(one(nodes, 'block-planted'), 'generated')).toEqual(['plant-copies.films'])
    expect(wiredTo(one(nodes, 'count-planted'), 'exported')).toEqual(['block-copies.exported'])
    expect(wiredTo(one(nodes, 'replay-films'), 'among')).toEqual([])
    expect(one(nodes, 'replay-films').params['copies']).toBe(one(nodes, 'sample-films').params['films'])
  })
})

describe('a class left out (P4, P11)', () => {
  const { nodes } = resolved({ sets: { leaveOut: 'Lung Opacity' } })
  it('is kept from the generators and from nobody else', () => {
    expect(one(nodes, 'leave-out-class').params['class']).toBe('Lung Opacity')
    for (const id of ['fit-progressive', 'fit-dcgan', 'search-latents'])
      expect(wiredTo(one(nodes, id), 'split')).toEqual(['leave-out-class.split'])
    for (const id of ['fit-classifier', 'fit-judge', 'measure-shares', 'measure-distribution', 'mix-classes'])
      expect(wiredTo(one(nodes, id), 'split')).toEqual(['split.split'])
  })
  it('copies are looked for among films of one law: what was seen, and what is held out of the same classes', () => {
    for (const id of ['measure-memorisation', 'measure-planted', 'measure-memoriser', 'plant-copies', 'replay-films'])
      expect(wiredTo(one(nodes, id), 'split')).toEqual(['leave-out-class.rest'])
  })
  it('must be reported missing, of mixes too', () => {
    const check = one(nodes, 'check-left-out')
    expect([check.params['absent'], check.params['arms']]).toEqual(['Lung Opacity', ['pggan', 'dcgan']])
    expect(wiredTo(check, 'metrics')).toEqual(['measure-shares.metrics'])
    expect(one(nodes, 'mix-classes').params['without']).toBe('Lung Opacity')
    expect(wiredTo(one(nodes, 'judge-generation'), 'said')).toEqual([
      'measure-shares.verdicts',
      'check-mixes.verdicts',
      'count-planted.verdicts',
      'check-left-out.verdicts',
    ])
  })
})

describe('several training seeds', () => {
  const { nodes, cells } = resolved({ sets: { seed: '0,1,2' } })
  it('train generators anew, and nothing else', () => {
    expect(cells).toHaveLength(3)
    for (const id of ['fit-progressive', 'fit-dcgan', 'sample-films', 'measure-distribution', 'block-copies'])
      expect(of(nodes, id)).toHaveLength(3)
    for (const id of ['read', 'split', 'fit-classifier', 'fit-judge', 'measure-ladder', 'check-mixes', 'count-planted'])
      expect(of(nodes, id)).toHaveLength(1)
    expect(of(nodes, 'fit-progressive').map(({ params }) => params['replica'])).toEqual([0, 1, 2])
  })
  it('are pooled figure by figure, each artefact by its seed, and what is claimed of ways of training can be told', () => {
    const pool = one(nodes, 'pool-seeds')
    const wired = refsOf(pool.inputs['metrics'])
    const seeds = pool.params['seeds'] as ReadonlyArray<number>
    expect(wired).toHaveLength(seeds.length)
    const replicaOf = ({ node }: AnyRef): unknown =>
      of(nodes, 'fit-progressive').find(({ identity }) => identity === node.identity)?.params['replica'] ??
      Object.values(node.inputs)
        .flatMap(refsOf)
        .map(replicaOf)
        .find((found) => found !== undefined)
    expect(wired.map(replicaOf)).toEqual([...seeds])
    expect(one(nodes, 'judge-generation').params['seeds']).toBe(3)
    expect(wiredTo(one(nodes, 'judge-generation'), 'metrics')).toContain('pool-seeds.metrics')
    expect(wiredTo(one(nodes, 'judge-generation'), 'metrics')).not.toContain('measure-distribution.metrics')
    expect(
      wiredTo(one(nodes, 'judge-generation'), 'said').filter((name) => name === 'measure-shares.verdicts'),
    ).toHaveLength(3)
  })
})
