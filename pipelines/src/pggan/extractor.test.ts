// What `--data extractor=<folder>` adds to the graph: every measure in features a second time, and nothing where it is not given.
import { expect, it } from '@jest/globals'
import { resolvePipeline, type Dataset, type ResolvedPipeline } from '@radiograft/pipeline'
import pggan from '../pggan.ts'

const weights: Dataset = { layout: 'layers-model', root: '/weights' }
const [without, with_] = [{}, { extractor: weights }].map((datasets) =>
  resolvePipeline(pggan, { preset: 'default', datasets }),
) as [ResolvedPipeline, ResolvedPipeline]
const ids = ({ nodes }: ResolvedPipeline): string[] => nodes.map(({ id }) => id)
const inputsOf = ({ nodes }: ResolvedPipeline, id: string) => {
  const { inputs } = nodes.find((node) => node.id === id)!
  const named = (ref: { readonly node: { readonly id: string } }) => ref.node.id
  return (port: string): unknown => {
    const value = inputs[port]!
    return 'node' in value ? named(value) : value.map(named)
  }
}

it('without an extractor nothing is there of it', () => {
  expect(ids(without).filter((id) => id.includes('extractor'))).toEqual([])
  expect(without.datasets).toEqual({ films: { layout: 'phantom', root: '' } })
  expect(inputsOf(without, 'measure-memorisation')('realFeatures')).toEqual(['features-real'])
})

it('with one its stages come beside the others, which stay as they are', () => {
  const added = ids(with_).filter((id) => !ids(without).includes(id))
  expect(added.toSorted()).toEqual([
    'extractor',
    'features-dcgan-extractor',
    'features-memoriser-extractor',
    'features-pggan-early-extractor',
    'features-pggan-extractor',
    'features-planted-extractor',
    'features-real-extractor',
    'measure-distribution-extractor',
    'measure-ladder-extractor',
    'read-extractor',
  ])
  const identities = new Set(with_.nodes.map(({ identity }) => identity))
  // only what looks at all figures at once is another node
  const changed = without.nodes.filter(({ identity }) => !identities.has(identity)).map(({ id }) => id)
  expect(changed.toSorted()).toEqual([
    'block-copies',
    'block-planted',
    'count-planted',
    'judge-generation',
    'list-generation-rows',
    'measure-memorisation',
    'measure-memoriser',
    'measure-planted',
  ])
})

it('each measure takes the features of one network; copies are looked for in all', () => {
  for (const id of ['features-real', 'features-pggan', 'features-pggan-early', 'features-dcgan']) {
    expect(inputsOf(with_, id)('network')).toBe('fit-classifier')
    expect(inputsOf(with_, `${id}-extractor`)('network')).toBe('read-extractor')
  }
  const distances = inputsOf(with_, 'measure-distribution-extractor')
  expect(distances('real')).toBe('features-real-extractor')
  expect(distances('generated')).toEqual([
    'features-pggan-extractor',
    'features-pggan-early-extractor',
    'features-dcgan-extractor',
  ])
  // the classifier has no part in them
  expect(distances('provenance')).toEqual(['fit-progressive', 'fit-dcgan'])
  for (const [id, name] of [
    ['measure-memorisation', 'pggan'],
    ['measure-planted', 'planted'],
    ['measure-memoriser', 'memoriser'],
  ] as const) {
    const copies = inputsOf(with_, id)
    expect(copies('realFeatures')).toEqual(['features-real', 'features-real-extractor'])
    expect(copies('generatedFeatures')).toEqual([`features-${name}`, `features-${name}-extractor`])
  }
})

it('the figures of both are in metrics, the ladder’s too', () => {
  const from = with_.results['metrics']!.map(({ node }) => node.id)
  for (const id of [
    'measure-distribution',
    'measure-ladder',
    'measure-distribution-extractor',
    'measure-ladder-extractor',
  ])
    expect(from).toContain(id)
})
