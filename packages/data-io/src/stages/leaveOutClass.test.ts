// `leave-out-class` by labels and by findings; a class that no film has ends a run before a film is rendered.
import { describe, expect, it } from '@jest/globals'
import { Dataset, Pipeline, resolvePipeline, UnknownNameError } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, stageContext } from '@radiograft/pipeline/testing'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import { checkSplits } from './checkSplits.ts'
import { leaveOutClass, readFilms, renderPhantom, split as splitStage } from './index.ts'
import { run } from './leaveOutClass.run.ts'

const ids = filmIds(12)
const classes = ['Normal', 'Opacity', 'Other']
const { labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test'),
  classOf: (i) => classes[i % 3]!,
})
const leave = (name: string, findings?: Parameters<typeof run>[0]['inputs']['findings']) => {
  const ctx = stageContext()
  const params = defaultsOf(leaveOutClass, { class: name })
  return { ...(run({ params, inputs: { split, labels, findings }, ctx }) as Awaited<ReturnType<typeof run>>), ctx }
}
const indices = (rows: ReadonlyArray<{ readonly film: string }>) => rows.map(({ film }) => ids.indexOf(film))

describe('leave-out-class', () => {
  it('keeps a class from training, and in the second split from everyone', () => {
    const { split: narrowed, rest, ctx } = leave('Opacity')
    expect(indices([...narrowed])).toEqual([0, 2, 3, 5, 6, 7, 8, 9, 10, 11])
    expect(indices([...rest])).toEqual([0, 2, 3, 5, 6, 8, 9, 11])
    expect(ctx.logs).toEqual(['2 training films of Opacity are left out'])
  })

  it('a finding: films that may have it leave, those that do not have it stay', () => {
    const mentions = [1, -1, 0]
    const findings = ids.slice(0, 3).map((film, i) => ({ film, finding: 'Edema', mention: mentions[i]! }))
    expect(indices([...leave('Edema', findings).split])).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(() => leave('Opacity', findings)).toThrow(/^unknown finding 'Opacity'. Known: Edema/)
  })

  it('a class that there is not: which there are, and which was meant', () => {
    expect(() => leave('Opacty')).toThrow(UnknownNameError)
    expect(() => leave('Opacty')).toThrow(
      "unknown class 'Opacty', did you mean 'Opacity'? Known: Normal, Opacity, Other.",
    )
    expect(() => leave('')).toThrow(/^unknown class ''/)
  })
})

describe('before a run', () => {
  const pipeline = Pipeline.make({
    name: 'left',
    doc: 'a reader, its split, and a class left out',
    datasets: { films: Dataset },
    params: { leave: '', findings: false },
    paramDocs: { leave: '', findings: '' },
    presets: { quick: {}, default: {}, paper: {} },
    axes: {},
    cell: (g, data, p) => {
      const phantom = data.films.layout === 'phantom' ? g('read', renderPhantom, {}, { films: 40 }) : undefined
      const real = phantom
        ? undefined
        : g('read', readFilms, { dataset: data.films }, { finding: 'Lung Opacity', classes: 'task' })
      const { cohort, labels } = (phantom ?? real)!
      const parts = g('split', splitStage, { cohort, labels }).split
      const findings = p.findings && real ? { findings: real.findings } : {}
      return g('leave-out', leaveOutClass, { split: parts, labels, ...findings }, { class: p.leave })
    },
    gather: (_, cells) => ({ parts: cells.map((cell) => cell.out.split) }),
  })
  const check = (sets: Readonly<Record<string, string>>, root?: string) =>
    checkSplits(
      resolvePipeline(pipeline, {
        sets,
        seed: 1,
        ...(root !== undefined && { datasets: { films: { layout: 'rsna' as const, root } } }),
      }),
    )

  it('the phantom: by its description', async () => {
    await expect(check({ leave: 'Lung Opacity' })).resolves.toBeUndefined()
    await expect(check({ leave: 'Opacity' })).rejects.toThrow(
      "unknown class 'Opacity'. Known: Lung Opacity, No Lung Opacity / Not Normal, Normal.",
    )
  })

  it('a folder: by its tables, classes as the run will have them', async () => {
    const root = writeRsnaFixture(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [
          `f${i + 10}`,
          i % 3 === 0 ? { class: 'Lung Opacity', boxes: [[1, 1, 2, 2]] } : { class: 'Normal' },
        ]),
      ),
    )
    await expect(check({ leave: 'Lung Opacity' }, root)).resolves.toBeUndefined()
    await expect(check({ leave: 'Abnormal' }, root)).rejects.toMatchObject({
      _tag: 'UnknownNameError',
      known: ['Lung Opacity', 'Normal'],
    })
    await expect(check({ leave: 'Lung Opacity', findings: 'true' }, root)).resolves.toBeUndefined()
    await expect(check({ leave: 'Normal', findings: 'true' }, root)).rejects.toThrow(/^unknown finding 'Normal'/)
  })
})
