// The flags of `radiograft run`, for its parser, its help and the shells' completion.
import type { Flag } from '../arguments/parseArguments.ts'

export const runFlags: ReadonlyArray<Flag> = [
  {
    name: 'preset',
    value: '<name>',
    values: 'preset',
    doc: 'quick, default, paper or another of the pipeline (default: default)',
  },
  {
    name: 'data',
    value: '<dir>',
    values: 'folder',
    many: true,
    doc: 'folder of films; without it the phantom (several: <dataset>=<dir>)',
  },
  { name: 'skip-bad', doc: 'leave out films that cannot be used, and list them in the report' },
  {
    name: 'laterals',
    value: 'drop',
    values: ['drop'],
    doc: 'leave out lateral films; without it they end the run',
  },
  { name: 'set', value: '<name>=<value>', many: true, doc: 'a parameter, <stage>.<parameter>, or an axis (a,b,c)' },
  { name: 'seed', value: '<n>', doc: 'seed of the pipeline (default: 1)' },
  {
    name: 'out',
    value: '<dir>',
    values: 'folder',
    doc: 'run folder (default: .radiograft/runs/<time>-<pipeline>-<preset>)',
  },
  {
    name: 'store',
    value: '<dir>',
    values: 'folder',
    doc: 'where artefacts are kept (default: .radiograft/store)',
  },
  { name: 'threads', value: '<n>', doc: 'threads of a computing stage (default: all cores)' },
  {
    name: 'precision',
    value: '<fp32|bf16|auto>',
    values: ['fp32', 'bf16', 'auto'],
    doc: 'of convolutions and matrix products; auto: the faster, measured here once (default: the preset’s, else fp32)',
  },
  { name: 'dry-run', doc: 'print the whole plan and stop' },
  { name: 'check', doc: 'as --dry-run, and exit with 1 if anything would run' },
  { name: 'json', doc: 'the run as JSON for machines, an object a line on stdout; what people read goes to stderr' },
  {
    name: 'only',
    value: '<stage>',
    values: 'stage',
    doc: 'compute this stage (a label, or an id for all its arms) from inputs that are kept, and nothing else',
  },
  {
    name: 'force',
    doc: 'with --only: compute it even if it is kept, and say whether it comes out bit for bit the same',
  },
  { name: 'in-process', doc: 'with --only: run its entry in this process, without a child' },
  { name: 'inspect', doc: 'with --only: wait for a debugger, and stop before the entry is called' },
  { name: 'help', doc: 'this text; with a pipeline also its parameters, presets, axes and stages' },
]
