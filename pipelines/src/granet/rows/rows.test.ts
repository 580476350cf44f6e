// Every row of the acceptance list by its name: which a run with all arms measures, which are choices, which are not built.
import { describe, expect, it } from '@jest/globals'
import { resolvePipeline, type MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import granet from '../../granet.ts'
import { listRows } from './listRows.ts'
import { run } from './listRows.run.ts'
import { paperRows, rowSettings } from './rows.ts'
import { settingsOf } from '../../rows/settings.ts'

const ids = ['a', 'b', 'c', 'd']
const tables = cohortTables(ids, { partOf: (i) => (i < 3 ? 'train' : 'test'), having: (i) => i === 0 })
const box = { film: 'a', x0: 1, y0: 1, x1: 9, y1: 9, label: 'opacity' }
const pair = (film: string, donor: string) => ({ film, donor, rank: 0, distance: 1 })

const study = resolvePipeline(granet, { preset: 'study' })
const refs = (name: string, of = study) => of.results[name]!
const settings = settingsOf(rowSettings, refs('metrics'))

/** Made of every name that a row asks for: no value matters here. Rows that share one get it once. */
const asked: ReadonlyArray<MetricRow> = paperRows.flatMap(({ measures = [] }) =>
  measures.flatMap(({ arm, part, metric, more = [] }) =>
    [metric, ...more].map((name) => ({
      arm: arm ?? 'by-film',
      part,
      metric: name,
      value: 0.25,
      low: 0.125,
      high: 0.5,
      n: 4,
      unit: '',
    })),
  ),
)
const all = [...new Map(asked.map((row) => [`${row.arm}/${row.part}/${row.metric}`, row])).values()]
const listed = async (metrics: ReadonlyArray<MetricRow>, lent = [pair('b', 'a')]) => {
  const params = defaultsOf(listRows, { settings, notBuilt: granet.notBuilt })
  const inputs = { ...tables, boxes: [box], metrics: [metrics], nearest: [pair('a', 'b')], lent }
  const { rows } = await run({ params, inputs, ctx: stageContext() })
  const at = (name: string) => rows.columns.indexOf(name)
  return {
    ...rows,
    lines: rows.cells.map((cells) => ({
      row: cells[0],
      figure: String(cells[at('our figure')]),
      here: String(cells[at('here')]),
      state: String(cells[at('state')]),
    })),
  }
}
const inState = (lines: ReadonlyArray<{ readonly row: unknown; readonly state: string }>, state: string) =>
  lines.filter((line) => line.state === state).map((line) => line.row)

const notBuilt = ['G4', 'G14', 'G17', 'G19', 'G20']
const choices = ['G9', 'G11', 'G12', 'G13', 'G18', 'G33']
const counted = ['G21', 'G34'] // what was run, no figure
const inPart = ['G25', 'G28']
const G = Array.from({ length: 35 }, (_, i) => `G${i + 1}`)
const measured = G.filter((id) => !notBuilt.includes(id) && ![...choices, ...counted, ...inPart].includes(id))

describe('rows G1 to G35', () => {
  it('stand in the table, each once, in order, none with an empty figure', async () => {
    for (const metrics of [all, []]) {
      const { lines } = await listed(metrics)
      expect(lines.map((line) => line.row)).toEqual(G)
      for (const { figure } of lines) expect(figure).toMatch(/\w{3}/)
    }
  })

  it('with all arms: what is measured, what is a choice, what is not built', async () => {
    const { lines, note } = await listed(all)
    expect(inState(lines, 'measured')).toEqual(measured)
    expect(inState(lines, 'in this run')).toEqual(G.filter((id) => [...choices, ...counted].includes(id)))
    expect(inState(lines, 'measured in part')).toEqual(inPart)
    expect(inState(lines, 'not yet run')).toEqual(notBuilt)
    expect(note).toContain('20 measured, 2 measured in part, 8 in this run, 5 not yet run')
    expect(note).toContain('alone in G5, G6, G8, G10, G16, G30’s seams, G32’s changes of normals')
    for (const line of lines) expect(line.here).not.toContain('no stage of it')
  })

  it('without any metric: counts alone are measured, every other row says why not', async () => {
    const { lines } = await listed([])
    expect(inState(lines, 'measured')).toEqual(['G1', 'G2', 'G3', 'G7', 'G31'])
    expect(inState(lines, 'measured in part')).toEqual(['G28', 'G29'])
    for (const { row, figure, state } of lines)
      if (state === 'not yet run')
        expect([row, figure]).toEqual([row, expect.stringMatching(/not built|no arm|not measured|needs|alone/)])
  })

  it('each row that is measured by metrics waits for every one of them', async () => {
    const wanted = paperRows.flatMap(({ id, measures = [] }) =>
      notBuilt.includes(id)
        ? []
        : measures.filter(({ extra }) => !extra).map(({ arm, part, metric }) => ({ id, arm, part, metric })),
    )
    expect(wanted.length).toBeGreaterThan(60)
    for (const { id, arm, part, metric } of wanted) {
      const without = all.filter(
        (row) => !(row.metric === metric && row.part === part && (arm === null || row.arm === arm)),
      )
      const { lines } = await listed(without)
      const line = lines.find(({ row }) => row === id)!
      expect([id, metric, line.state]).not.toEqual([id, metric, 'measured'])
      expect(line.figure).toMatch(/no arm|not measured|needs|alone|no split by film/)
    }
  })

  it('a run of plain and attention measures what those arms can', async () => {
    const arms = new Set(['plain', 'attention', 'attention − plain', 'generator', 'aligner', 'graft'])
    const { lines } = await listed(all.filter((row) => arms.has(row.arm)))
    const line = (id: string) => lines.find(({ row }) => row === id)!
    expect(line('G24')).toMatchObject({
      state: 'measured in part',
      figure:
        '+align 0.250 [0.125, 0.500] (0.250/0.250/0.250); +attn 0.250 [0.125, 0.500] (0.250/0.250/0.250); n 4 each. ' +
        'Not yet: no arm “unaligned”, “synthesis”, “attention+synthesis” in this run',
    })
    expect(line('G25').state).toBe('measured in part')
    expect(line('G26').state).toBe('not yet run')
    expect(line('G35').figure).toContain('the contrasts measured (1) the whole interval lies above 0 in 1')
    const wide = all.map((row) => ({ ...row, metric: `${row.metric}-simultaneous`, low: -1 }))
    const { figure } = (await listed([...all, ...wide])).lines[34]!
    expect(figure).toContain('above 0 in 0, below 0 in 0; 6 by bounds of all contrasts together; one training seed')
  })

  it('the best of eight schedules stands beside their mean', async () => {
    const metrics = all.map((row) =>
      row.arm === 'schedule:2:2' ? { ...row, value: 0.33 } : row.arm === 'plain' ? { ...row, value: 0.4 } : row,
    )
    const { lines } = await listed(metrics)
    // (7 · .25 + .33) / 8 = .26
    expect(lines[26]!.figure).toBe('best 2:2 0.330; mean of 8 0.260; plain 0.400')
  })
})

describe('settingsOf', () => {
  it('finds every setting that a row prints in a study, and what arms differ in', () => {
    expect(Object.keys(settings).toSorted()).toEqual([...rowSettings].toSorted())
    expect(settings['fit-abnormal-to-normal.identityWeight']).toEqual([0, 10])
    expect(settings['fit-detector.attentionForm']).toEqual(['1+a', 'a'])
    expect(settings['fit-detector.attentionLevels']).toEqual(['3–7', '3', '4–7'])
  })

  it('has what `--set` gave a stage', () => {
    const of = resolvePipeline(granet, { sets: { 'fit-realistic.l1Weight': '7' } })
    expect(settingsOf(rowSettings, refs('metrics', of))['fit-realistic.l1Weight']).toEqual([7])
  })
})
