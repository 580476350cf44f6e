// NIH's BBox_List_2017.csv: 984 boxes on some films, one finding each (row X3), in pixels of the 1024 x 1024 originals.
// Its header `Image Index,Finding Label,Bbox [x,y,w,h],,,` splits the brackets, so boxes are read by place. Used by the
// NIH layout.
import { unsafeName } from '../../folder/containedPath.ts'
import type { LabelledBox } from '../../folder/FilmFolder.ts'
import { stemOf } from '../../folder/filmNames.ts'
import { didYouMean } from '../../folder/nearestName.ts'
import { quoted } from '../../folder/report.ts'
import type { Report } from '../../folder/report.ts'
import { readBox } from '../tables/readBox.ts'
import type { NamedTable } from '../tables/readTable.ts'
import { tableRows } from '../tables/tableRows.ts'
import type { CsvRow } from '../tables/walkCsv.ts'
import { NIH_FINDINGS } from './nihFindings.ts'
import type { EntryRow } from './parseEntries.ts'

/** The one finding that the boxes spell otherwise than the entries. */
const SPELLED: ReadonlyMap<string, string> = new Map([['Infiltrate', 'Infiltration']])

/**
 * @param entries what the entries say of each film, which the boxes must not contradict; undefined where they could not
 *   be read
 * @returns by stem of the image's name, in the order of the file
 */
export const parseBoxes = (
  file: NamedTable,
  entries: ReadonlyMap<string, EntryRow> | undefined,
  report: Report,
): ReadonlyMap<string, ReadonlyArray<LabelledBox>> => {
  const boxes = new Map<string, LabelledBox[]>()
  const seen = new Set<string>()
  const onRow = ({ line, cell, at }: CsvRow): void => {
    const where = `${file.name} line ${line}`
    const image = cell('Image Index')
    const unsafe = unsafeName(image, 'name')
    if (unsafe !== undefined) return report('unsafe', `${where}: the image ${quoted(image)} ${unsafe}`)
    const id = stemOf(image)
    const written = cell('Finding Label')
    const label = SPELLED.get(written) ?? written
    if (!NIH_FINDINGS.includes(label)) {
      const near = didYouMean(label, NIH_FINDINGS)
      return report('class', `${where}: the finding ${quoted(written)} is none of the fourteen${near}`, id)
    }
    const read = readBox([at(2), at(3), at(4), at(5)])
    if (!('box' in read)) return report(read.kind, `${where}: ${read.what}`, id)
    const entry = entries?.get(id)
    if (entries && !entry) return report('row-without-film', `${where}: ${quoted(image)} has no entry`, id)
    if (entry && entry.mentions[label] !== 1) {
      return report('box', `${where}: a box of ${label} on ${id}, whose entry does not list it`, id)
    }
    const key = `${id},${label},${read.box.join(',')}`
    if (seen.has(key)) return report('box', `${where}: the same box of ${id} a second time`, id)
    seen.add(key)
    boxes.set(id, [...(boxes.get(id) ?? []), { box: read.box, label }])
  }
  // part of the films may well be without a box
  tableRows(file, ['Image Index', 'Finding Label'], report, onRow, { mayBeEmpty: true })
  return boxes
}
