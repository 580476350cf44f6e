// What an error of node:fs means for a store.
import { StoreFullError, StoreIoError, StorePathError } from './errors.ts'

const pathReasons: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file is in the way',
  ENOENT: 'a folder cannot be made there',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the path is too long',
}

/** The store's error for an error of node:fs at `path`; errors that are no system errors pass unchanged. */
export const storeErrorOf = (cause: unknown, path: string): unknown => {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  if (typeof code !== 'string' || !code.startsWith('E')) return cause
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreFullError(path, { cause })
  const reason = pathReasons[code]
  return reason === undefined
    ? new StoreIoError(path, (cause as Error).message, { cause })
    : new StorePathError(path, reason, { cause })
}
