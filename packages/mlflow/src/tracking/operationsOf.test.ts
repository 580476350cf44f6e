// Journal lines → operations, against what was written down by hand.
import { describe, expect, it } from '@jest/globals'
import type { JournalLine } from '@radiograft/runner'
import { pipeline } from './Operation.ts'
import type { Operation } from './Operation.ts'
import { operationsOf } from './operationsOf.ts'
import { exampleRecord } from './testing/exampleRun.ts'

const record = exampleRecord()
const fit = 'fit[attention=on]'
const shared = {
  'radiograft.run': '20261124-051203-tiny-quick-9f3a',
  'radiograft.pipeline': 'tiny',
  'mlflow.source.name': 'radiograft run tiny',
  'mlflow.source.type': 'LOCAL',
}
const of = (line: JournalLine, open: ReadonlyArray<string> = [], record_ = record): ReadonlyArray<Operation> =>
  operationsOf(record_, line, new Set(open))

describe('the pipeline', () => {
  it('begins a run with everything that was resolved, its data without their folder', () => {
    const note = [
      'Squares and their sums.',
      '',
      'Preset quick, seed 7. Axes: attention off, on. Data: films: nih. Each stage is a run below this one; the report is report/index.html under Artifacts.',
      '',
      '| parameter | value | set by | what it is |',
      '| --- | --- | --- | --- |',
      '| steps | 40 | --set | how long |',
    ].join('\n')
    expect(of({ _tag: 'plan', commit: 'c'.repeat(40), at: 1000 })).toEqual([
      {
        _tag: 'begin',
        label: pipeline,
        name: '20261124-051203-tiny-quick-9f3a',
        at: 1000,
        tags: {
          ...shared,
          'mlflow.source.git.commit': 'c'.repeat(40),
          'radiograft.preset': 'quick',
          'radiograft.machine': 'Some CPU, 2 threads, x64, linux',
          'radiograft.versions': 'node 20.19.0, effect 4.0.6',
          'mlflow.note.content': note,
        },
        params: { preset: 'quick', seed: '7', 'axis.attention': 'off, on', 'data.films': 'nih', steps: '40' },
        datasets: [
          {
            name: 'films',
            digest: 'a'.repeat(36),
            sourceType: 'radiograft',
            source: { layout: 'nih' },
            profile: { layout: 'nih', sha256: 'a'.repeat(64) },
            context: 'pipeline',
          },
        ],
      },
    ])
  })

  it('ends with what it took, where run.json says so', () => {
    const ended = of({ _tag: 'run-done', at: 9 }, [pipeline], exampleRecord({ seconds: 4.5 }))
    expect(ended[1]).toEqual({ _tag: 'end', label: pipeline, status: 'FINISHED', at: 9, seconds: 4.5 })
  })

  it('ends with its results, after stages that a signal left open', () => {
    expect(of({ _tag: 'run-done', at: 9 }, [pipeline])).toEqual([
      { _tag: 'results', at: 9 },
      { _tag: 'end', label: pipeline, status: 'FINISHED', at: 9 },
      { _tag: 'artifacts', at: 9 },
    ])
    expect(of({ _tag: 'run-stopped', status: 'interrupted', error: 'interrupted', at: 9 }, [pipeline, fit])).toEqual([
      { _tag: 'results', at: 9 },
      { _tag: 'end', label: fit, status: 'KILLED', at: 9 },
      { _tag: 'end', label: pipeline, status: 'KILLED', at: 9 },
      { _tag: 'artifacts', at: 9 },
    ])
  })

  it('fails when a stage did; others that were running were killed for it', () => {
    const failed = exampleRecord({
      nodes: record.nodes.map((node) => (node.label === fit ? { ...node, status: 'failed' } : node)),
    })
    const line: JournalLine = { _tag: 'run-stopped', status: 'failed', error: 'no', at: 9 }
    expect(of(line, [pipeline, 'read'], failed)).toEqual([
      { _tag: 'error', label: pipeline, message: 'no', readsDataset: false },
      { _tag: 'results', at: 9 },
      { _tag: 'end', label: 'read', status: 'KILLED', at: 9 },
      { _tag: 'end', label: pipeline, status: 'FAILED', at: 9 },
      { _tag: 'artifacts', at: 9 },
    ])
    // nobody knows what such a message quotes
    expect(of(line, [pipeline])[0]).toMatchObject({ _tag: 'error', readsDataset: true })
  })
})

describe('a stage', () => {
  const start: JournalLine = {
    _tag: 'stage-start',
    label: fit,
    key: 'k'.repeat(64),
    reason: 'never computed',
    log: '/home/ann/fit.log',
    expected: 3,
    at: 2000,
  }
  it('begins a run below with its key, its parameters and who set them', () => {
    const note = [
      'What fit[attention=on] does.',
      '',
      'Computed in this run. Why: never computed.',
      '',
      '| parameter | value | set by |',
      '| --- | --- | --- |',
      '| steps | 40 | pipeline |',
      '| lr% | [0.1,0.01] | default |',
      '| finding | a\\|b | default |',
    ].join('\n')
    expect(of(start, [pipeline])).toEqual([
      {
        _tag: 'begin',
        label: fit,
        name: fit,
        at: 2000,
        tags: {
          ...shared,
          'radiograft.key': 'k'.repeat(64),
          'radiograft.stage': 'fit-detector',
          'radiograft.label': fit,
          'radiograft.status': 'running',
          'radiograft.param_sources': '{"steps":"pipeline","lr%":"default"}',
          'mlflow.note.content': note,
        },
        params: { steps: '40', lrpercent: '[0.1,0.01]', finding: 'a|b' },
        datasets: [],
      },
    ])
    const read = of({ ...start, label: 'read' }, [pipeline])
    expect(read).toMatchObject([{ datasets: [{ name: 'films', digest: 'a'.repeat(36), context: 'read' }] }])
  })

  it('has points at their own times, NaN too, with whole steps', () => {
    const line: JournalLine = { _tag: 'metric', label: fit, name: 'detector.loss', value: 0.5, step: 20, at: 2500 }
    const point = { key: 'detector.loss', value: 0.5, timestamp: 2500, step: 20 }
    expect(of(line, [pipeline, fit])).toEqual([{ _tag: 'point', label: fit, point }])
    expect(of({ ...line, value: Number.NaN, step: 1.6 }, [pipeline, fit])).toEqual([
      { _tag: 'point', label: fit, point: { ...point, value: Number.NaN, step: 2 } },
    ])
    expect(of({ ...line, label: 'other' }, [pipeline])).toEqual([])
  })

  it('ends computed, or failed with its message', () => {
    expect(
      of({ _tag: 'stage-done', label: fit, key: 'k', hit: false, seconds: 1.23456, at: 3000 }, [pipeline, fit]),
    ).toEqual([
      { _tag: 'tags', label: fit, tags: { 'radiograft.status': 'computed', 'radiograft.seconds': '1.235' } },
      { _tag: 'figures', label: fit, key: 'k', at: 3000 },
      { _tag: 'end', label: fit, status: 'FINISHED', at: 3000, seconds: 1.23456 },
    ])
    const failed: JournalLine = { _tag: 'stage-failed', label: fit, error: 'no', log: '/home/ann/fit.log', at: 3000 }
    expect(of(failed, [pipeline, fit])).toEqual([
      { _tag: 'tags', label: fit, tags: { 'radiograft.status': 'failed' } },
      { _tag: 'error', label: fit, message: 'no', readsDataset: false },
      { _tag: 'end', label: fit, status: 'FAILED', at: 3000 },
    ])
    expect(of({ ...failed, label: 'read' }, [pipeline, 'read'])[1]).toMatchObject({ readsDataset: true })
  })

  it('that was kept carries its last values and looks for who computed it', () => {
    const operations = of(
      {
        _tag: 'stage-done',
        label: fit,
        key: 'k',
        hit: true,
        seconds: 12,
        from: { run: '20261101-000000-tiny-quick-0001', metrics: { 'detector.loss': 0.25 } },
        at: 4000,
      },
      [pipeline],
    )
    expect(operations.map(({ _tag }) => _tag)).toEqual(['begin', 'point', 'origin', 'figures', 'end'])
    expect(operations[0]).toMatchObject({ tags: { 'radiograft.status': 'hit', 'radiograft.key': 'k' }, at: 4000 })
    expect(operations[1]).toEqual({
      _tag: 'point',
      label: fit,
      point: { key: 'detector.loss', value: 0.25, timestamp: 4000, step: 0 },
    })
    expect(operations[2]).toMatchObject({ key: 'k', run: '20261101-000000-tiny-quick-0001' })
    expect((operations[2] as { note: string }).note).toContain('Kept, not computed again: computed {origin}.')
    expect(operations[4]).toEqual({ _tag: 'end', label: fit, status: 'FINISHED', at: 4000 })
  })

  it('nothing is asked for by progress, by log lines and by labels that run.json does not know', () => {
    expect(
      of({ _tag: 'progress', label: fit, done: 1, total: 2, note: '', share: 0.5, eta: undefined, at: 1 }, [fit]),
    ).toEqual([])
    expect(of({ _tag: 'log', label: fit, message: 'pid 12', at: 1 }, [fit])).toEqual([])
    expect(of({ ...start, label: 'other' }, [pipeline])).toEqual([])
  })
})

describe('lines that cannot be read', () => {
  const started = Date.parse(record.started)
  const at = started + 5000
  const brief = (operations: ReadonlyArray<Operation>): ReadonlyArray<unknown> =>
    operations.map((operation) => [
      operation._tag,
      'label' in operation ? operation.label : pipeline,
      'point' in operation ? operation.point.timestamp : 'at' in operation ? operation.at : undefined,
    ])
  const metric: JournalLine = { _tag: 'metric', label: fit, name: 'loss', value: 0.5, step: 1, at }
  const start: JournalLine = { _tag: 'stage-start', label: fit, key: 'k', reason: '', log: '', expected: undefined, at }
  const done: JournalLine = { _tag: 'stage-done', label: fit, key: 'k', hit: false, seconds: 2, at }

  it('the plan: the first line that asks for something begins the run, at the time that run.json says', () => {
    expect(brief(of(start))).toEqual([
      ['begin', pipeline, started],
      ['begin', fit, at],
    ])
    expect(of(start)[0]).toMatchObject({ params: { preset: 'quick', steps: '40' } })
    expect(brief(of({ _tag: 'run-done', at }))).toEqual([
      ['begin', pipeline, started],
      ['results', pipeline, at],
      ['end', pipeline, at],
      ['artifacts', pipeline, at],
    ])
    // a run.json of nobody's clock
    expect(of({ _tag: 'run-done', at }, [], exampleRecord({ started: 'yesterday' }))[0]).toMatchObject({ at })
  })

  it('the start of a stage: its first point, or its end, begins it', () => {
    expect(brief(of(metric, [pipeline]))).toEqual([
      ['begin', fit, at],
      ['point', fit, at],
    ])
    expect(brief(of(done, [pipeline]))).toEqual([
      ['begin', fit, at - 2000],
      ['tags', fit, undefined],
      ['figures', fit, at],
      ['end', fit, at],
    ])
    expect(of(done, [pipeline])[0]).toMatchObject({ tags: { 'radiograft.key': 'k' } })
    expect(brief(of({ _tag: 'stage-failed', label: fit, error: 'no', log: '', at }, [pipeline]))).toEqual([
      ['begin', fit, at],
      ['tags', fit, undefined],
      ['error', fit, undefined],
      ['end', fit, at],
    ])
  })
})
