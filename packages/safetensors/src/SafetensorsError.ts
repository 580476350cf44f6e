// What reading and writing safetensors throw. The message names the file, what is wrong and how to recover. Used by
// everything in this package.

export type SafetensorsProblem = 'truncated' | 'header' | 'name' | 'dtype' | 'shape' | 'offsets'

const RECOVERY: Readonly<Record<SafetensorsProblem, string>> = {
  truncated: 'Copy or download it again; its size differs from what its header promises.',
  header:
    'Give a file that safetensors.torch.save_file wrote; a .pth or .bin file is a pickle and must be converted with it first.',
  name: 'Rename the tensor and save the file again.',
  dtype: 'Convert its tensors with .float() in torch and save them again.',
  shape: 'Save it again from where it came; its header and its data do not agree.',
  offsets: 'Save it again from where it came; its header and its data do not agree.',
}

/** Characters of `what`. */
const LONGEST = 400

/** A safetensors file that is not read, because its header lies or its bytes are not all there; or that cannot be written. */
export class SafetensorsError extends Error {
  readonly _tag = 'SafetensorsError'
  override readonly name = 'SafetensorsError'
  /** as given by the caller */
  readonly file: string
  readonly problem: SafetensorsProblem
  /** what is wrong, without the file and without how to recover */
  readonly what: string
  readonly recovery: string

  constructor(file: string, problem: SafetensorsProblem, what: string) {
    // a hostile header may have names and shapes of megabytes
    const short = what.length > LONGEST ? `${what.slice(0, LONGEST)} …` : what
    super(`${file}: ${short}. ${RECOVERY[problem]}`)
    this.file = file
    this.problem = problem
    this.what = short
    this.recovery = RECOVERY[problem]
  }
}
