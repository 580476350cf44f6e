// RSNA's labels file: a row a box, or one row for a film without. Used by the RSNA layout.
import type { Box } from '@radiograft/geometry'
import { unsafeName } from '../../folder/containedPath.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import { readBox } from '../tables/readBox.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { tableRows } from '../tables/tableRows.ts'

export interface LabelFacts {
  readonly target: 0 | 1
  /** in pixels of the film as it is on disk */
  readonly boxes: ReadonlyArray<Box>
  /** the film's first line in the labels file */
  readonly line: number
}

const BOX = ['x', 'y', 'width', 'height']

export const parseLabels = (
  file: NamedTable,
  report: Report,
): { readonly rows: number; readonly labels: ReadonlyMap<string, LabelFacts> } => {
  const labels = new Map<string, { target: 0 | 1; boxes: Box[]; line: number }>()
  const seen = new Set<string>()
  const rows = tableRows(file, ['patientId', ...BOX, 'Target'], report, ({ line, cell }) => {
    const where = `${file.name} line ${line}`
    const id = cell('patientId')
    if (id === '') return report('number', `${where}: patientId is empty`)
    const unsafe = unsafeName(id, 'name')
    if (unsafe !== undefined) return report('unsafe', `${where}: patientId ${quoted(id)} ${unsafe}`)
    const target = Number(cell('Target'))
    if (cell('Target') === '' || (target !== 0 && target !== 1)) {
      return report('number', `${where}: Target is ${quoted(cell('Target'))}, expected 0 or 1`, id)
    }
    const known = labels.get(id)
    if (known && known.target !== target) {
      return report('target', `${where}: ${id} has Target ${target}, on line ${known.line} Target ${known.target}`, id)
    }
    const facts = known ?? { target, boxes: [], line }
    labels.set(id, facts)
    const cells = BOX.map(cell)
    if (cells.every((text) => text === '')) {
      if (target === 1) report('box', `${where}: ${id} has Target 1 and no box`, id)
      else if (known) report('duplicate', `${where}: ${id} is there a second time, first on line ${known.line}`, id)
      return
    }
    const read = readBox(cells)
    if (!('box' in read)) return report(read.kind, `${where}: ${read.what}`, id)
    if (target === 0) return report('box', `${where}: ${id} has Target 0 and a box`, id)
    const key = `${id},${read.box.join(',')}`
    if (seen.has(key)) return report('box', `${where}: the same box of ${id} a second time`, id)
    seen.add(key)
    facts.boxes.push(read.box)
  })
  return { rows, labels }
}
