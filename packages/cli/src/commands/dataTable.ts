// What `radiograft data` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const dataTable: CommandTable = {
  name: 'data',
  line: 'what is in a folder of films, before anyone trains on it',
  positionals: [{ name: '<folder>', values: 'folder' }],
  flags: [
    { name: 'finding', value: '<name>', doc: "the finding that is the target (default: the layout's own)" },
    {
      name: 'laterals',
      value: 'drop',
      values: ['drop'],
      doc: 'leave out lateral films; without it they are refused',
    },
    { name: 'skip-bad', doc: 'leave out films that cannot be used, and list them' },
    { name: 'no-pixels', doc: 'tables and headers only: no bits, brightness, duplicates, contact sheet' },
    {
      name: 'out',
      value: '<dir>',
      values: 'folder',
      doc: 'where data.json and contact-sheet.png go (default: .radiograft/data/<folder>)',
    },
    { name: 'json', doc: 'print data.json and nothing else; files are written only with --out' },
    helpFlag,
  ],
  about: [
    'What is in a folder of films, before anyone trains on it: layout, files, patients, classes, findings, boxes; whether',
    'the view, the age, the sex or the brightness alone tells the target; films that are there twice, and under several',
    'patients; what is left out; and in plain words what should be mended first. Some films of each class are drawn with',
    'their boxes. The folder is left as it is. Patients are shown by pseudonyms that only this workspace can make.',
  ],
  after: [
    'Exit code 0 whatever the warnings; 2 where the folder cannot be used as it is, with every problem that was found.',
  ],
  examples: [
    'data ~/rsna',
    'data ~/nih --finding Effusion --out ~/nih-described',
    'data ~/chexpert --laterals drop --no-pixels',
  ],
}
