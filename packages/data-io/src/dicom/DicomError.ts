// What reading a DICOM file throws. The message names the file, what is wrong and how to recover; it never holds the
// value of a patient tag, and neither does its cause. Used by everything in this folder and by the readers of folders,
// which list such errors by file.

export type DicomProblem =
  | 'not-dicom'
  | 'truncated'
  | 'transfer-syntax'
  | 'colour'
  | 'multi-frame'
  | 'no-pixels'
  | 'bits'
  | 'lookup-table'
  | 'corrupt'
  | 'too-large'

const RECOVERY: Readonly<Record<DicomProblem, string>> = {
  'not-dicom': 'Give DICOM Part 10 files (128 bytes, then "DICM"); convert others with pydicom or dcmtk first.',
  truncated: 'Copy or download it again; its size differs from what its header promises.',
  'transfer-syntax':
    'Convert it to Explicit VR Little Endian, for example with `gdcmconv --raw in.dcm out.dcm` or `dcmconv`.',
  colour: 'Convert it to one grey sample a pixel (MONOCHROME2); chest films have one.',
  'multi-frame': 'Store each frame as a file of its own.',
  'no-pixels': 'Copy or download it again; if it stays so, leave it out: it holds a report or a reference, not a film.',
  bits: 'Store pixels in 8 or 16 bits, the highest used bit being bits stored − 1.',
  'lookup-table': 'Apply the modality lookup table and store the result with a rescale slope and intercept.',
  corrupt: 'Export it again from where it came; its header and its pixels do not agree.',
  'too-large':
    'Leave it out, or export it again; films of up to 100 million pixels are read, from files that can hold them.',
}

/** A DICOM file that cannot be read, or not yet. */
export class DicomError extends Error {
  readonly _tag = 'DicomError'
  override readonly name = 'DicomError'
  /** as given by the caller */
  readonly file: string
  readonly problem: DicomProblem
  /** what is wrong, without the file and without how to recover */
  readonly what: string
  readonly recovery: string

  constructor(file: string, problem: DicomProblem, what: string, options?: { readonly cause?: unknown }) {
    super(`${file}: ${what}. ${RECOVERY[problem]}`, options)
    this.file = file
    this.problem = problem
    this.what = what
    this.recovery = RECOVERY[problem]
  }
}
