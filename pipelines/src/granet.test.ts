// The pipeline as a value: what each preset runs, that arms share what they should, and that a judge sees every product.
import { describe, expect, it } from '@jest/globals'
import { resolvePipeline, validatePipeline, type ResolveOptions, type ResolvedNode } from '@radiograft/pipeline'
import granet from './granet.ts'

const rsna = { rsna: { layout: 'rsna', root: '/films' } } as const
const labels = (nodes: ReadonlyArray<ResolvedNode>, id: string): ReadonlyArray<string> =>
  nodes.filter((node) => node.id === id).map((node) => node.label)
const resolved = (options: ResolveOptions = {}) => resolvePipeline(granet, options)

describe('granet', () => {
  it('is valid', () => expect(() => validatePipeline(granet)).not.toThrow())

  it.each(['quick', 'default', 'paper'])('resolves with preset %s, on the phantom and on films', (preset) => {
    for (const datasets of [{}, rsna]) {
      const pipeline = resolved({ preset, datasets })
      expect(pipeline.cells).toHaveLength(preset === 'paper' ? 8 : 2)
    }
  })

  it('shares everything before the detector between the arms', () => {
    const { nodes } = resolved()
    for (const id of ['read', 'split', 'fit-aligner', 'align', 'fit-realistic', 'fit-abnormal-to-normal', 'residual'])
      expect(labels(nodes, id)).toEqual([id])
    expect(labels(nodes, 'fit-detector')).toEqual(['fit-detector[attention=off]', 'fit-detector[attention=on]'])
    expect(labels(nodes, 'evaluate')).toHaveLength(2)
  })

  it('gives the arms one difference, the wired residual', () => {
    const [off, on] = resolved().nodes.filter((node) => node.id === 'fit-detector')
    expect(on!.params).toEqual(off!.params)
    const { attention, ...rest } = on!.inputs
    expect(attention).toBeDefined()
    expect(rest).toEqual(off!.inputs)
  })

  it('wires every product that the arm used into its evaluation', () => {
    const { nodes } = resolved()
    const seen = (label: string) => {
      const refs = nodes.find((node) => node.label === label)!.inputs['provenance'] as ReadonlyArray<{
        readonly node: { readonly id: string }
      }>
      return refs.map((ref) => ref.node.id)
    }
    const all = ['fit-aligner', 'nearest-normal', 'fit-realistic', 'fit-abnormal-to-normal', 'fit-detector']
    expect(seen('evaluate[attention=on]')).toEqual(all)
    expect(seen('evaluate-box-prior')).toEqual(['box-prior'])
  })

  it('renders the phantom only where no films are given', () => {
    expect(labels(resolved().nodes, 'measure-graft')).toHaveLength(1)
    const films = resolved({ datasets: rsna })
    expect(labels(films.nodes, 'measure-graft')).toHaveLength(0)
    expect(labels(films.nodes, 'align-twins')).toHaveLength(0)
    expect(films.nodes.find((node) => node.id === 'read')!.stage!.name).toBe('read-films')
  })

  it('has the paper’s sizes in `paper`, and lists what it lacks', () => {
    const { params, notBuilt } = resolved({ preset: 'paper', datasets: rsna })
    const value = (name: string) => params.find((param) => param.name === name)!.value
    expect([value('size'), value('ganFilters'), value('ganBlocks'), value('ganBatch')]).toEqual([512, 64, 9, 4])
    expect(value('ganSkip')).toBe(false)
    expect(notBuilt.map(({ row }) => row)).toEqual(expect.arrayContaining(['G17', 'G20', 'G21', 'G22', 'G30']))
  })

  it('changes one stage by --set, in every cell', () => {
    const { nodes } = resolved({ sets: { 'fit-detector.steps': '5', fold: '0,1' } })
    const steps = nodes.filter((node) => node.id === 'fit-detector').map((node) => node.params['steps'])
    expect(steps).toEqual([5, 5, 5, 5])
    expect(() => resolved({ sets: { 'fit-detecter.steps': '5' } })).toThrow(/did you mean 'fit-detector'/)
    expect(() => resolved({ sets: { detectorStep: '5' } })).toThrow(/did you mean 'detectorSteps'/)
  })
})
