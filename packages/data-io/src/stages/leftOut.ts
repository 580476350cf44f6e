// The films of a folder that a run leaves out, as a table for its report: the films that cannot be used one by one, and how
// many were left out for each other reason. Used by the read-films entry.
import type { Table } from '@radiograft/pipeline'
import type { FilmFolder } from '../folder/FilmFolder.ts'
import type { FolderProblem } from '../folder/FolderError.ts'

/** @param damaged films that only decoding showed to be bad */
export const leftOut = ({ films, left }: FilmFolder, damaged: ReadonlyArray<FolderProblem>): Table => {
  const bad = [...left.bad, ...damaged]
  const counts: ReadonlyArray<readonly [string, number]> = [
    ['lateral, and laterals are dropped', left.laterals.length],
    ['positive without a box, and boxes are what is learned', left.unboxed.length],
    ['uncertain, and uncertain films are dropped', left.uncertain.length],
  ]
  const read = films.length - damaged.length
  const out = bad.length + counts.reduce((sum, [, count]) => sum + count, 0)
  return {
    title: 'Films left out',
    rows: 'G1',
    columns: ['films', 'why'],
    cells: [
      ...counts.filter(([, count]) => count > 0).map(([why, count]) => [count, why]),
      ...bad.map(({ film, message }) => [film ?? '', message]),
    ],
    note: out === 0 ? `None: all ${read} films of the folder are in.` : `${read} films are in, ${out} were left out.`,
  }
}
