// Where runs lie: `.radiograft/runs/<run>`, `latest` among them, and a folder of the user's choice for `--out`.
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from '../UsageError.ts'

const reasons: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file is in the way',
  ENOSPC: 'no space is left on the device',
  ENOENT: 'folders cannot be made there',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the path is too long',
}

/** The folder itself, or the nearest above it that exists. */
export const nearestExisting = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))

/** Not mkdir's own `recursive`: where a file system refuses with ENOENT, as /proc does, that never ends (Node 20.20). */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** Makes a folder that must be writable. Throws `UsageError` naming it; `flag` is how to choose another. */
export const makeWritable = (folder: string, what: string, flag: string): string => {
  const path = resolve(folder)
  const fail = (reason: string, cause?: unknown): UsageError =>
    new UsageError(`${what} ${path} cannot be used: ${reason}. Choose another folder with ${flag}.`, { cause })
  const there = existsSync(path) ? statSync(path) : undefined
  if (there && !there.isDirectory()) throw fail('it is a file, not a folder')
  try {
    // asked of the folder above first: on a read-only file system a recursive mkdir says ENOENT (Node 20)
    const above = nearestExisting(path)
    if (!statSync(above).isDirectory()) throw fail(`${above} is a file, not a folder`)
    accessSync(above, constants.W_OK | constants.X_OK)
    makeFolder(path)
    accessSync(path, constants.W_OK | constants.X_OK)
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    const { code = '', message } = cause as NodeJS.ErrnoException
    throw fail(reasons[code] ?? message, cause)
  }
  return path
}

/** The folder for `--out`: new, empty, or that of an earlier run, which is replaced. Throws `UsageError` for any other. */
export const outFolder = (folder: string): string => {
  const path = makeWritable(folder, 'the run folder', '--out')
  const names = readdirSync(path)
  if (names.length > 0 && !names.includes('run.json'))
    throw new UsageError(
      `the run folder ${path} holds ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''} and no run; ` +
        'a run would replace what it holds of the same names. Give a new folder, an empty one or that of an earlier run with --out.',
    )
  return path
}

/** Points `latest` at a run. A file system without links goes without. */
export const linkLatest = (folder: string): void => {
  const runs = dirname(folder)
  const temporary = join(runs, `.latest-${process.pid}`)
  try {
    rmSync(temporary, { force: true })
    symlinkSync(basename(folder), temporary)
    renameSync(temporary, join(runs, 'latest'))
  } catch {
    rmSync(temporary, { force: true })
  }
}

/** What a run writes, and a later run into the same folder replaces. */
const written = ['run.json', 'events.ndjson', 'logs', 'metrics.json', 'figures', 'report', 'show']

const leadsTo = (link: string, target: string): boolean =>
  lstatSync(link).isSymbolicLink() && readlinkSync(link) === target

/**
 * Moves a run that has just begun to `out` and leaves a link in its place, so that it keeps its name among the runs. What an
 * earlier run left in `out` is replaced, its name included, once the new one lies there whole: where that cannot be done,
 * `out` is as it was, the new run is gone, and the error is thrown.
 */
export const moveRun = (folder: string, out: string): void => {
  const runs = dirname(folder)
  const aside = join(out, `.earlier-${basename(folder)}`)
  const earlier = written.filter((name) => existsSync(join(out, name)))
  const moved: string[] = []
  try {
    mkdirSync(aside)
    for (const name of earlier) {
      renameSync(join(out, name), join(aside, name))
      moved.push(name)
    }
    cpSync(folder, out, { recursive: true })
    rmSync(folder, { recursive: true })
    symlinkSync(out, folder)
  } catch (error) {
    for (const name of written)
      if (moved.includes(name) || !earlier.includes(name)) rmSync(join(out, name), { recursive: true, force: true })
    for (const name of moved) renameSync(join(aside, name), join(out, name))
    rmSync(aside, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
  for (const name of readdirSync(runs))
    if (name !== basename(folder) && leadsTo(join(runs, name), out)) rmSync(join(runs, name))
}

/** Ids of the runs, newest first. */
export const runIds = (runs: string): ReadonlyArray<string> => {
  try {
    return readdirSync(runs)
      .filter((name) => name !== 'latest' && !name.startsWith('.'))
      .toSorted()
      .toReversed()
  } catch {
    return []
  }
}
