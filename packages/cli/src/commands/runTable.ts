// What `radiograft run` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { runFlags } from './runFlags.ts'

export const runTable: CommandTable = {
  name: 'run',
  line: 'compute what changed, write metrics, figures and a report',
  positionals: [{ name: '<pipeline.ts|name>', values: 'pipeline' }],
  flags: runFlags,
  about: [
    'Computes what is not there yet, and writes metrics.json, figures and a report into the run folder. What was computed',
    'once is kept; Ctrl-C saves, and the same command goes on.',
  ],
  examples: [
    'npx nx run pipelines:granet -- --preset quick',
    'npx nx run pipelines:granet -- --data ~/rsna --set fit-detector.steps=2000 --set arm=attention',
    'npx nx run pipelines:granet -- --preset paper --dry-run',
    'npx nx run pipelines:granet -- --preset quick --only evaluate --in-process --inspect',
  ],
}
