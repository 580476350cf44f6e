// What `radiograft profile` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'
import { runFlags } from './runFlags.ts'

/** The pipeline whose stages are meant where none is named. */
export const profiledPipeline = 'granet'

/** What decides which inputs the stage reads, and how it computes: as `run` has it. */
const sharedFlags = new Set(['preset', 'data', 'skip-bad', 'laterals', 'set', 'seed', 'store', 'threads', 'precision'])

export const profileTable: CommandTable = {
  name: 'profile',
  line: 'where the time of a stage’s steps goes: by sort of work, by layer, by op',
  positionals: [{ name: '<stage>', values: 'stage' }],
  flags: [
    {
      name: 'pipeline',
      value: '<pipeline.ts|name>',
      values: 'pipeline',
      doc: `the pipeline that the stage is of (default: ${profiledPipeline})`,
    },
    { name: 'steps', value: '<n>', doc: 'steps that are timed, and as many again that are traced (default: 5)' },
    { name: 'trace', value: '<file>', values: 'file', doc: 'the traced steps for chrome://tracing or ui.perfetto.dev' },
    { name: 'json', doc: 'what is shown, all rows of it, as JSON' },
    ...runFlags.filter(({ name }) => sharedFlags.has(name)),
    helpFlag,
  ],
  about: [
    'Runs the stage from its kept inputs until the compiled graph that it calls has warmed up, times some steps, traces some',
    'more and ends it. Nothing that it computes is kept, and no checkpoint of it is read or written.',
    'A step is a call of the first graph that is called more than three times, with all that happens until its next call.',
    'Each moment of a traced step is shared equally by the ops that run then, so the parts add up to the step; host is what',
    'happens outside of TensorFlow, batches above all. A step whose next batch is made meanwhile hides its host time: the',
    'timed seconds are then less than the traced ones by more than the tracing.',
  ],
  after: [
    'What the stage reads must be in the store; where it is not, the message has the command that computes it.',
    'ref marks plain code that oneDNN falls back to. Its times are those of primitives, which run side by side.',
  ],
  examples: [
    'profile fit-realistic --preset quick',
    'profile fit-detector --set arm=plain --steps 10 --trace fit-detector.json',
    'profile detect --pipeline granet --json',
  ],
}
