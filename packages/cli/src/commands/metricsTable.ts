// What `radiograft metrics` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const metricsTable: CommandTable = {
  name: 'metrics',
  line: 'the metrics of a run as a table',
  positionals: [{ name: '[run|folder|latest]', values: 'run' }],
  flags: [{ name: 'json', doc: 'print metrics.json as it is' }, helpFlag],
  about: [
    'The metrics of a run, grouped by arm: value, 95 % interval, what it was taken over, unit. A run is named by its',
    "folder, by its name in .radiograft/runs or the name's beginning, by a pipeline's name (its newest run), or by",
    "'latest', which is the default; latest~1 is the run before it.",
  ],
  examples: ['metrics latest', 'metrics granet'],
}
