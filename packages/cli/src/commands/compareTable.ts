// What `radiograft compare` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const compareTable: CommandTable = {
  name: 'compare',
  line: 'two runs: what differs, and whether the second is better',
  positionals: [
    { name: '<run A>', values: 'run' },
    { name: '<run B>', values: 'run' },
  ],
  flags: [
    {
      name: 'metric',
      value: '<name>',
      values: 'metric',
      many: true,
      doc: 'only metrics of this name, or <arm>/<part>/<name>',
    },
    { name: 'resamples', value: '<n>', doc: 'bootstrap resamples over patients (default: 2000)' },
    { name: 'json', doc: 'what is shown, as JSON' },
    helpFlag,
  ],
  about: [
    'A run is named by its folder, by its id or the beginning, by its pipeline (its newest run), by latest, or by latest~1',
    'for the run before the latest, latest~2 for the one before that.',
    'What differs between two runs (settings, code, data, seed), and for each metric that both have: A, B and the difference',
    'B − A with a 95 % interval, paired film by film on the films that both were tested on, by resampling patients; in a',
    'word whether B is better or worse, or whether the films cannot tell, as fewer than six patients never can; and the',
    'smallest difference that so many films would find four times in five. Metrics without a score for each film are listed',
    'with both intervals and not paired, and films that the other run had seen while it was trained are never paired.',
  ],
  after: ['Exit code 0 whatever the verdict; 2 where a run cannot be found or read.'],
  examples: ['compare latest~1 latest', 'compare 20261126-0131 20261126-0134 --metric ap-rsna-0.40:0.75 --json'],
}
