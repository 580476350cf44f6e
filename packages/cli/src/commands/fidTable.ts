// What `radiograft fid` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const fidTable: CommandTable = {
  name: 'fid',
  line: 'how far films are from real ones: KID, FID, precision and recall of two folders',
  positionals: [
    { name: '<real folder>', values: 'folder' },
    { name: '[<other folder>]', values: 'folder' },
  ],
  flags: [
    {
      name: 'extractor',
      value: '<name>',
      doc: 'mobilenet=<folder> (TF.js weights of MobileNetV2), or pixels, at 32 x 32 (default: pixels)',
    },
    {
      name: 'size',
      value: '<n>',
      doc: 'bring films to this side first, padded to squares; without it all need one size',
    },
    { name: 'films', value: '<n>', doc: 'draw so many films of each folder, the same ones every time (default: all)' },
    {
      name: 'corruption-ladder',
      doc: 'does KID rise when the films of the first folder get worse? one folder is enough',
    },
    {
      name: 'laterals',
      value: 'drop',
      values: ['drop'],
      doc: 'leave out lateral films; without it they are refused',
    },
    { name: 'skip-bad', doc: 'leave out films that cannot be used' },
    { name: 'no-cache', doc: 'compute all features anew, and keep none' },
    {
      name: 'out',
      value: '<dir>',
      values: 'folder',
      doc: 'where fid.json goes, and ladder.svg (default: the ladder to .radiograft/fid/<folder>)',
    },
    { name: 'json', doc: 'print fid.json and nothing else; files are written only with --out' },
    helpFlag,
  ],
  about: [
    'How far the films of one folder are from the real ones of another, each figure with its 95 % interval over patients,',
    'number of films, dimensions and extractor, beside the floor: real films of the first folder against others of it. Folders',
    'are of any layout that is known, or films side by side. What sets are too small for is left out, and what to read in its',
    'place is said. Features are kept by the content of each film, so that a second look is quick. Figures of two extractors',
    'are never compared: name the extractor with the figure.',
  ],
  after: [
    'KID is right on average at any number of films and may be negative. FID is biased by their number: fid-projected64 is FID',
    'in a fixed projection of 64 dimensions, for sets of 256 films or more (32 and 16 dimensions: 128 and 64 films).',
    'Exit code 2 where a folder, a film or the network cannot be used; the message names the file.',
  ],
  examples: [
    'fid ~/nih ~/generated --extractor mobilenet=./mobilenet_v2',
    'fid ~/real ~/generated --size 64 --json',
    'fid ~/nih --corruption-ladder --extractor mobilenet=./mobilenet_v2',
  ],
}
