// What `radiograft phantom` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'
import type { Flag } from '../arguments/parseArguments.ts'

export const phantomLayouts = ['rsna', 'rsna-images', 'nih', 'chexpert', 'classes']

/** Knobs of the films, by flag: the option of the writer, and how its value is written. */
export const phantomKnobs: ReadonlyArray<
  Flag & { readonly option: string; readonly kind: 'number' | 'text' | 'switch' }
> = [
  {
    name: 'cohort',
    value: '<name>',
    values: ['rsna', 'multi'],
    option: 'cohort',
    kind: 'text',
    doc: "'rsna': a film a patient; 'multi': up to four",
  },
  {
    name: 'delta',
    value: '<0..1>',
    option: 'delta',
    kind: 'number',
    doc: 'how hard findings are to see (default: 0.4)',
  },
  { name: 'jitter', value: '<n>', option: 'jitter', kind: 'number', doc: 'factor on how patients stand (default: 1)' },
  { name: 'noise', value: '<n>', option: 'noise', kind: 'number', doc: 'factor on photon noise (default: 1)' },
  {
    name: 'view',
    value: '<PA|AP>',
    values: ['PA', 'AP'],
    option: 'view',
    kind: 'text',
    doc: 'all films of one view (default: drawn)',
  },
  { name: 'boxes', value: '<1..4>', option: 'boxes', kind: 'number', doc: 'opacities of a positive (default: drawn)' },
  {
    name: 'distractors',
    value: '<share>',
    option: 'distractors',
    kind: 'number',
    doc: 'other findings (default: 0.443)',
  },
  {
    name: 'coupling',
    value: '<0..1>',
    option: 'coupling',
    kind: 'number',
    doc: 'how far the view tells the class (default: 0)',
  },
  {
    name: 'marker-coupling',
    value: '<0..1>',
    option: 'markerCoupling',
    kind: 'number',
    doc: 'how often the side letter does (default: 0)',
  },
  { name: 'devices', option: 'devices', kind: 'switch', doc: 'support devices on some films of every class' },
  {
    name: 'bits',
    value: '<n>',
    values: ['8', '12', '16'],
    option: 'bits',
    kind: 'number',
    doc: '8, 12 (DICOM) or 16 (default: 8)',
  },
  {
    name: 'encoding',
    value: '<name>',
    values: ['dicom', 'png', 'jpeg'],
    option: 'encoding',
    kind: 'text',
    doc: "dicom, png or jpeg (default: the layout's own)",
  },
  { name: 'monochrome1', option: 'monochrome1', kind: 'switch', doc: 'DICOM with 0 as white' },
]

export const phantomTable: CommandTable = {
  name: 'phantom',
  line: 'synthetic films as a folder, in a layout that real ones come in',
  positionals: [],
  flags: [
    { name: 'films', value: '<n>', doc: 'how many' },
    { name: 'out', value: '<dir>', values: 'folder', doc: 'a folder that is empty or not there yet' },
    { name: 'layout', value: '<name>', values: phantomLayouts, doc: `${phantomLayouts.join(', ')} (default: rsna)` },
    {
      name: 'size',
      value: '<n>',
      values: ['32', '64', '128', '256', '512', '1024'],
      doc: 'side of the films: 32, 64, 128, 256, 512 or 1024 pixels (default: 256)',
    },
    { name: 'seed', value: '<n>', doc: 'the same seed gives the same films (default: 1)' },
    ...phantomKnobs,
    helpFlag,
  ],
  about: [
    'Synthetic chest films, computed from a seed and of no patient, as a folder in the layout of a real data set: to try',
    'out, without real films, everything that reads folders. Its README.txt lists what it was made with. Ctrl-C leaves the',
    "films that are done in the folder's .unfinished, where no reader looks. --films and --out have to be given.",
  ],
  examples: [
    'phantom --films 200 --out ~/phantom',
    'phantom --films 400 --out ~/phantom-nih --layout nih --cohort multi --size 512',
    'phantom --films 300 --out ~/shortcut --coupling 1     a view that tells the class, as on real films',
  ],
}
