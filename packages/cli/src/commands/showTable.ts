// What `radiograft show` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const showTable: CommandTable = {
  name: 'show',
  line: 'a run, one of its stages, or what a stage made',
  positionals: [
    { name: '[run]', values: 'run' },
    { name: '[<stage>[.<port>]]', values: 'port' },
  ],
  flags: [
    {
      name: 'rows',
      value: '<n>',
      doc: 'rows of a table, films of a grid, tensors, lines of a log (default: 20, 25, 60, 20; 8 films with layers)',
    },
    { name: 'all', doc: 'all rows; of a film grid at most 400' },
    { name: 'film', value: '<id>', many: true, doc: 'these films only, of films and of tables with a column film' },
    { name: 'csv', doc: 'a table as CSV, all rows' },
    { name: 'json', doc: 'what is shown as JSON; of a table all rows' },
    {
      name: 'out',
      value: '<file>',
      values: 'file',
      doc: 'where a picture is written (default: show/<stage>.<port>.png in the run folder)',
    },
    {
      name: 'draw',
      value: '<how>',
      values: ['blocks', 'sixel', 'none'],
      doc: 'films in the terminal: half blocks in 24-bit colour, sixel, or none (default: what the terminal can)',
    },
    { name: 'store', value: '<dir>', values: 'folder', doc: "where artefacts are kept (default: the run's own)" },
    helpFlag,
  ],
  about: [
    'A run (by its folder, its id or its beginning, its pipeline, or latest, the default): what it was given, how each stage',
    'ended, its results. With a stage (a label, or an id; where an id has several arms they are listed): its parameters with',
    'their sources, inputs and outputs, metrics, what is beneath its key, the end of its log. With a port: what the stage',
    'made. A table is printed; films become a grid in a PNG, drawn in the terminal where it can; a figure is written to a',
    'file; of a network its tensors are listed; a series is plotted. The bytes are checked against their digests.',
    'Patients are shown by pseudonyms that only this workspace can make, save those of the phantom.',
  ],
  examples: [
    'show latest',
    'show granet fit-aligner',
    'show granet fit-aligner.curves',
    'show granet compare-arms.metrics --json',
    'show granet read.films --rows 9 --out films.png',
  ],
}
