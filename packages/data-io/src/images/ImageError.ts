// What reading or writing a grey picture file throws. The message names the file, what is wrong and how to recover. Used
// by everything in this folder and by the check of a folder, which lists such errors by file.

export type ImageProblem =
  'not-image' | 'truncated' | 'colour' | 'multi-frame' | 'transparent' | 'bits' | 'too-large' | 'corrupt'

const RECOVERY: Readonly<Record<ImageProblem, string>> = {
  'not-image': 'Give PNG, JPEG (baseline or progressive) or TIFF files; convert others to PNG first.',
  truncated: 'Copy or download it again; it ends before its pixels do.',
  colour:
    'Convert it to one grey channel, for example with `magick in.png -colorspace Gray out.png`; chest films have one.',
  'multi-frame': 'Store each picture as a file of its own.',
  transparent: 'Lay it on a plain background and save it without an alpha channel.',
  bits: 'Store pixels in 8 or 16 bits (JPEG: 8), as whole numbers without a sign.',
  'too-large': 'Scale it down or cut it first; at most 100 million pixels are read, and 65,500 a side in a JPEG.',
  corrupt: 'Export it again from where it came; what it holds is damaged.',
}

/** A picture file that cannot be read or written as grey pixels. */
export class ImageError extends Error {
  readonly _tag = 'ImageError'
  override readonly name = 'ImageError'
  /** as given by the caller */
  readonly file: string
  readonly problem: ImageProblem
  /** what is wrong, without the file and without how to recover */
  readonly what: string
  readonly recovery: string

  constructor(file: string, problem: ImageProblem, what: string, options?: { readonly cause?: unknown }) {
    super(`${file}: ${what}. ${RECOVERY[problem]}`, options)
    this.file = file
    this.problem = problem
    this.what = what
    this.recovery = RECOVERY[problem]
  }
}
