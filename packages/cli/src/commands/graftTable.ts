// What `radiograft graft` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const graftBoxFormats = ['rsna', 'coco']

export const graftTable: CommandTable = {
  name: 'graft',
  line: 'what lies in a box of one film, grafted into another: PNG, DICOM, the box',
  positionals: [],
  flags: [
    { name: 'film', value: '<file>', values: 'file', doc: 'the film that is grafted into: DICOM, PNG, JPEG or TIFF' },
    { name: 'donor', value: '<file>', values: 'file', doc: 'the film that is grafted from' },
    { name: 'box', value: '<x,y,w,h>', doc: "where, in the film's pixels; x and y are its left and top edge" },
    {
      name: 'donor-box',
      value: '<x,y,w,h>',
      doc: "what is taken, in the donor's pixels, and resampled to the box (default: what lies under it)",
    },
    { name: 'paste', doc: 'copy the pixels as they are, seam and all; without it the seam is blended (Poisson)' },
    {
      name: 'boxes',
      value: '<name>',
      values: graftBoxFormats,
      doc: "the box as a row of RSNA's labels (rsna, .csv) or as COCO (coco, .json) (default: rsna)",
    },
    {
      name: 'out',
      value: '<dir>',
      values: 'folder',
      doc: 'where the three files go (default: .radiograft/grafts)',
    },
    { name: 'force', doc: 'write the files again where they are there already' },
    helpFlag,
  ],
  about: [
    "What lies in a box of one film, grafted into another: the donor's gradients inside of the box, the film's stored",
    'values everywhere else, bit for bit. Written are the film as PNG (16 bits where it has more than 8), as',
    'DICOM Secondary Capture that is marked as synthetic and names no patient, and its box. Films of other sizes are laid',
    'over each other as pipelines do it: padded to squares, the squares brought to one size. The same films and box give the',
    'same bytes. --film, --donor and --box have to be given.',
  ],
  after: [
    "RSNA's Target is 1, as in every row with a box: with a normal donor, which grafts a lesion away, change it.",
    'Text inside of the pixels is not looked for: films whose header speaks of it are refused, look at the others.',
    'Exit code 2 where a film or box cannot be used; nothing is written then.',
  ],
  examples: [
    'graft --film normal.dcm --donor pneumonia.dcm --box 190,320,150,210 --out ~/grafts',
    'graft --film a.dcm --donor b.dcm --box 10,20,100,80 --donor-box 400,60,90,72 --boxes coco',
    'graft --film a.png --donor b.dcm --box 10,20,100,80 --paste     the seam stays',
  ],
}
