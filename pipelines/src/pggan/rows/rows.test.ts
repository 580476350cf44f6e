// Every row of the acceptance list by its name: which a run measures, which are choices, which nobody has run.
import { describe, expect, it } from '@jest/globals'
import { resolvePipeline, type MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import pggan from '../../pggan.ts'
import { settingsOf } from '../../rows/settings.ts'
import { listGenerationRows } from './listGenerationRows.ts'
import { run } from './listGenerationRows.run.ts'
import { paperRows, rowSettings } from './rows.ts'

const tables = cohortTables(['a', 'b', 'c', 'd'], { partOf: (i) => (i < 3 ? 'train' : 'test'), having: (i) => i === 0 })
const settings = settingsOf(rowSettings, resolvePipeline(pggan, { preset: 'default' }).results['metrics']!)

/** Made of every name that a row asks for: no value matters here. */
const asked: ReadonlyArray<MetricRow> = paperRows.flatMap(({ measures = [] }) =>
  measures.map(({ arm, part, metric }) => ({
    arm: arm!,
    part,
    metric: metric.replace(/\*$/, '-n500'),
    value: 0.25,
    low: 0.125,
    high: 0.5,
    n: 500,
    unit: '',
  })),
)
const listed = async (metrics: ReadonlyArray<MetricRow>) => {
  const params = defaultsOf(listGenerationRows, { settings })
  const { rows } = await run({ params, inputs: { ...tables, metrics: [metrics] }, ctx: stageContext() })
  const at = (name: string): number => rows.columns.indexOf(name)
  return rows.cells.map((cells) => ({
    row: String(cells[0]),
    flag: String(cells[at('flag')]),
    here: String(cells[at('here')]),
    figure: String(cells[at('our figure')]),
    state: String(cells[at('state')]),
  }))
}
const ids = Array.from({ length: 11 }, (_, i) => `P${i + 1}`)

describe('rows P1 to P11', () => {
  it('stand in the table, each once, in order, none with an empty figure', async () => {
    for (const metrics of [asked, []]) {
      const lines = await listed(metrics)
      expect(lines.map(({ row }) => row)).toEqual(ids)
      for (const { figure } of lines) expect(figure).toMatch(/\w{3}/)
    }
  })

  it('with all metrics: what is measured, what is a choice, what nobody has run', async () => {
    const lines = await listed(asked)
    const inState = (state: string) => lines.filter((line) => line.state === state).map(({ row }) => row)
    expect(inState('measured')).toEqual(['P1', 'P2', 'P4', 'P5', 'P8', 'P9', 'P10', 'P11'])
    expect(inState('in this run')).toEqual(['P6', 'P7'])
    expect(inState('measured in part')).toEqual(['P3'])
    for (const { here } of lines) expect(here).not.toContain('no stage of it')
  })

  it.each([
    ['P4', 'known-mixes', 'known-shares-recovered', 'control: known shares within their bounds'],
    ['P10', 'planted', 'planted-blocked', 'control: planted training films blocked'],
    ['P10', 'memoriser', 'near-copy-share-pixels-n500', 'control: near copies of a memoriser, pixels'],
    ['P11', 'mix-without', 'absent-class-missing', 'control: a class that real films lack is missed'],
  ])('%s is not measured without its control: %s %s', async (id, arm, metric, label) => {
    const without = asked.filter((row) => !(row.arm === arm && row.metric === metric))
    expect(without).toHaveLength(asked.length - 1)
    const line = (await listed(without)).find(({ row }) => row === id)!
    expect(line.state).toBe('measured in part')
    expect(line.figure).toContain(`Not yet: “${label}`)
    expect((await listed(asked)).find(({ row }) => row === id)!.figure).toContain(label)
  })

  it('without any metric every figure says what is missing', async () => {
    for (const { row, state, figure } of await listed([]))
      if (state === 'not yet run')
        expect([row, figure]).toEqual([row, expect.stringContaining('not measured in this run')])
  })

  it('each fault of paper and code that the list names stands as a flag', async () => {
    const flags = Object.fromEntries((await listed(asked)).map(({ row, flag }) => [row, flag]))
    expect(flags['P2']).toMatch(/extractor, resizing and reference are not given/)
    expect(flags['P7']).toMatch(
      /without its critic; scales biases too, does not fade reals, takes the deviation over the whole batch/,
    )
    for (const id of ['P1', 'P3', 'P4', 'P5', 'P9', 'P10', 'P11']) expect(flags[id]).not.toBe('')
  })

  it('each row that is measured waits for every metric that it does not call extra', async () => {
    const lines = await listed(asked)
    for (const { id, measures = [] } of paperRows)
      for (const { arm, metric, part } of measures.filter((measure) => !measure.extra)) {
        const rest = asked.filter(
          (row) => !(row.arm === arm && row.part === part && row.metric.startsWith(metric.replace(/\*$/, ''))),
        )
        const state = (await listed(rest)).find(({ row }) => row === id)!.state
        expect([id, metric, state]).not.toEqual([id, metric, lines.find(({ row }) => row === id)!.state])
      }
  })
})
