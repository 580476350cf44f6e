// What `radiograft doctor` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const doctorTable: CommandTable = {
  name: 'doctor',
  line: 'what this machine has, and which tensor runtime is chosen',
  positionals: [],
  flags: [
    { name: 'store', value: '<dir>', values: 'folder', doc: 'the store to look at (default: .radiograft/store)' },
    { name: 'json', doc: 'the findings as JSON' },
    helpFlag,
  ],
  about: [
    'What a run needs and what is there: Node, Python with pip and a C++ compiler (both only to set up the tensor runtime,',
    'once per machine), the runtime and why it was chosen, which precision is faster where that is known, the store and its',
    'disk, threads and instruction sets, and the MLflow server where MLFLOW_TRACKING_URI names one. What only tests use is',
    'marked so. Sets nothing up.',
  ],
  after: ['Exit code 1 if something is missing that a run needs, else 0.'],
  examples: ['doctor', 'doctor --store /data/store --json'],
}
