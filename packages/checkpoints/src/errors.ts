// What writing and removing checkpoints throw. Reading throws only where the folder itself cannot be looked at: a damaged
// checkpoint is passed over.

/** In full, over quota, over a limit of the process. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const reasons: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  EROFS: ['the file system is read-only', 'give a folder that can be written'],
  EACCES: ['permission denied', 'give a folder that belongs to you, or change its permissions'],
  EPERM: ['operation not permitted', 'give a folder that belongs to you, or change its permissions'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'give another folder, or move that file away'],
  EEXIST: ['a file is in the way', 'give another folder, or move that file away'],
  ENOENT: ['it cannot be made there, or is being removed by another process', 'give another folder'],
  ENAMETOOLONG: ['the path is too long', 'give a shorter one'],
}

/** The folder of checkpoints cannot be written, read or removed. */
export class CheckpointFolderError extends Error {
  readonly _tag = 'CheckpointFolderError'
  override readonly name = 'CheckpointFolderError'
  readonly folder: string
  /** of node:fs, such as 'ENOSPC' */
  readonly code: string
  /** how to recover */
  readonly advice: string

  constructor(folder: string, code: string, what: string, advice: string, options?: ErrorOptions) {
    super(`checkpoints in ${folder}: ${what}; ${advice}`, options)
    this.folder = folder
    this.code = code
    this.advice = advice
  }
}

/** A checkpoint holds something that would not come back unchanged; nothing was written. */
export class CheckpointValueError extends Error {
  readonly _tag = 'CheckpointValueError'
  override readonly name = 'CheckpointValueError'
  /** where it is, such as `state.plateau.best` or `tensors.w` */
  readonly at: string

  constructor(at: string, what: string) {
    super(`${at} ${what}`)
    this.at = at
  }
}

/** The folder's error for an error of node:fs; other errors pass unchanged. */
export const folderErrorOf = (cause: unknown, folder: string): unknown => {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  if (typeof code !== 'string' || !code.startsWith('E')) return cause
  const [what, advice] = full.has(code)
    ? ['there is no space left', 'free some, or give a folder on another disk; older checkpoints there are whole']
    : (reasons[code] ?? [(cause as Error).message, 'look at the disk, or give another folder'])
  return new CheckpointFolderError(folder, code, what, advice, { cause })
}
