// The pipeline as a value: what each preset runs, that arms share what they should, and that a judge sees every product.
import { describe, expect, it } from '@jest/globals'
import { resolvePipeline, validatePipeline, type ResolveOptions, type ResolvedNode } from '@radiograft/pipeline'
import granet from './granet.ts'
import { armNames, studyArms } from './granet/arms.ts'

const rsna = { rsna: { layout: 'rsna', root: '/films' } } as const
const labels = (nodes: ReadonlyArray<ResolvedNode>, id: string): ReadonlyArray<string> =>
  nodes.filter((node) => node.id === id).map((node) => node.label)
const resolved = (options: ResolveOptions = {}) => resolvePipeline(granet, options)

describe('granet', () => {
  it('is valid', () => expect(() => validatePipeline(granet)).not.toThrow())

  it.each(['quick', 'default', 'paper'])('resolves with preset %s, on the phantom and on films', (preset) => {
    for (const datasets of [{}, rsna]) {
      const pipeline = resolved({ preset, datasets })
      // four folds of fourteen arms over five seeds
      expect(pipeline.cells).toHaveLength({ paper: 4 * 14 * 5, default: 3, quick: 8 }[preset]!)
    }
  })

  it('shares everything before the detector between the arms', () => {
    const { nodes } = resolved()
    for (const id of ['read', 'split', 'fit-aligner', 'align', 'fit-realistic', 'fit-abnormal-to-normal', 'residual'])
      expect(labels(nodes, id)).toEqual([id])
    expect(labels(nodes, 'fit-detector')).toEqual(['fit-detector[arm=plain]', 'fit-detector[arm=attention]'])
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
    expect(seen('evaluate[arm=attention]')).toEqual(all)
    expect(seen('evaluate[arm=plain]')).toEqual(['fit-aligner', 'fit-detector'])
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
    expect(notBuilt.map(({ row }) => row)).toEqual(expect.arrayContaining(['G4', 'G14', 'G17', 'G19', 'G20']))
  })

  describe('study', () => {
    const study = resolved({ preset: 'study' })
    const of = (id: string) => study.nodes.filter((node) => node.id === id)
    const arm = (name: string) =>
      of('fit-detector').find(({ label }) => label.includes(`arm=${name},`) && label.includes('seed=0'))!

    it('has every arm that a claim or a control needs over five seeds, and computes what arms share once', () => {
      expect(study.cells).toHaveLength(studyArms.length * 5)
      // the aligner does not depend on a seed, an arm or a dose; a film unaligned needs none
      for (const id of ['read', 'split', 'fit-aligner', 'align']) expect(of(id)).toHaveLength(1)
      expect(of('fit-alternating')).toHaveLength(4 * 5)
      expect(of('fit-detector')).toHaveLength((studyArms.length - 4 - 2) * 5) // two by film, which real films have
      // one generator a seed for all arms and schedules, and one each for the identity term and the missing skip
      expect(of('fit-realistic')).toHaveLength(5)
      expect(of('fit-abnormal-to-normal')).toHaveLength(3 * 5)
      expect(of('untrained-generator')).toHaveLength(5)
      // nearest donors of the whole and of each dose, spread ones of the whole and of the smallest
      expect(of('fit-realistic-abnormal')).toHaveLength((1 + 4 + 1 + 1) * 5)
      expect(of('limit-positives')).toHaveLength(4)
    })

    it('what it leaves out is `schedules`, which shares all but the steps in turn', () => {
      const { nodes, cells } = resolved({ preset: 'schedules' })
      const named = new Set([...study.cells, ...cells].map((cell) => cell['arm']))
      expect(named).toEqual(new Set(armNames))
      const known = new Set(study.nodes.map(({ identity }) => identity))
      const fits = nodes.filter(({ id, identity }) => id.startsWith('fit-') && !known.has(identity))
      expect(fits.map(({ id }) => id)).toEqual(Array.from({ length: 4 * 5 }, () => 'fit-alternating'))
    })

    it('arms of synthesis differ in the pixels of the added films alone', () => {
      const [real, ...others] = ['synthesis', 'synthesis:poisson', 'synthesis:paste', 'synthesis:repeat'].map(arm)
      for (const other of others) {
        const { extraFilms, extraProvenance, ...rest } = other.inputs
        expect(extraFilms).not.toEqual(real!.inputs['extraFilms'])
        expect(extraProvenance).toBeDefined()
        const { extraFilms: _, extraProvenance: __, ...same } = real!.inputs
        expect([rest, other.params]).toEqual([same, real!.params])
      }
      const { extraFilms, ...unlabelled } = arm('synthesis:unlabelled').inputs
      expect(extraFilms).toEqual(real!.inputs['extraFilms'])
      expect(unlabelled['extraBoxes']).not.toEqual(real!.inputs['extraBoxes'])
    })

    it('arms of attention differ in the map alone', () => {
      const plain = arm('plain')
      for (const name of [
        'attention',
        'attention:other-film',
        'attention:constant',
        'attention:oracle',
        'attention:twin',
      ]) {
        const { attention, ...rest } = arm(name).inputs
        expect(attention).toBeDefined()
        expect([rest, arm(name).params]).toEqual([plain.inputs, plain.params])
      }
    })

    it('leaves the twins’ arm out on real films, and splits them by film too (G29)', () => {
      const films = resolved({ preset: 'study', datasets: rsna })
      const named = films.nodes.find((node) => node.id === 'compare-arms')!.params['names'] as ReadonlyArray<string>
      expect(new Set(named).size).toBe(studyArms.length - 1 + 2) // and two baselines
      expect(films.nodes.some(({ id }) => id === 'twin-residual')).toBe(false)
      // one cohort from the split to the judge: a split by film with patients of the true cohort would hide its leak
      const byFilm = films.nodes.filter(({ label }) => label.includes('arm=plain:by-film,seed=0]'))
      for (const { id, inputs } of byFilm.filter(
        (node) => node.inputs['cohort'] !== undefined && node.id !== 'measure-patient-overlap',
      ))
        expect([id, (inputs['cohort'] as { readonly node: { readonly id: string } }).node.id]).toEqual([
          id,
          'cohort-by-film',
        ])
      expect(byFilm.map(({ id }) => id)).toContain('fit-detector')
    })

    it('a judge sees what lent its pixels and what made them', () => {
      const node = study.nodes.find(
        ({ id, label }) => id === 'evaluate' && label.includes('arm=synthesis,') && label.includes('seed=0'),
      )!
      const refs = node.inputs['provenance'] as ReadonlyArray<{ readonly node: { readonly id: string } }>
      expect(refs.map((ref) => ref.node.id)).toEqual([
        'fit-aligner',
        'nearest-abnormal',
        'fit-realistic-abnormal',
        'fit-detector',
      ])
    })
  })

  it('changes one stage by --set, in every cell', () => {
    const { nodes } = resolved({ sets: { 'fit-detector.steps': '5', fold: '0,1' } })
    const steps = nodes.filter((node) => node.id === 'fit-detector').map((node) => node.params['steps'])
    expect(steps).toEqual([5, 5, 5, 5])
    expect(() => resolved({ sets: { 'fit-detecter.steps': '5' } })).toThrow(/did you mean 'fit-detector'/)
    expect(() => resolved({ sets: { detectorStep: '5' } })).toThrow(/did you mean 'detectorSteps'/)
  })
})
