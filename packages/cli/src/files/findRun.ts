// From what the user wrote to a run folder: a path, the name of a run or its beginning, or `latest`.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../UsageError.ts'
import { runIds } from './runFolders.ts'

const isRun = (folder: string): boolean =>
  existsSync(join(folder, 'run.json')) || existsSync(join(folder, 'metrics.json'))

/** Absolute path of the folder. Throws `UsageError` that lists the newest runs. */
export const findRun = (given: string, runs: string): string => {
  if (isRun(resolve(given))) return resolve(given)
  if (given.endsWith('.json') && existsSync(resolve(given))) return dirname(resolve(given))
  const ids = runIds(runs)
  // the link may be missing where the file system has none
  const named =
    given === 'latest' ? [isRun(join(runs, 'latest')) ? 'latest' : ids[0]] : ids.filter((id) => id === given)
  const [found = ids.find((id) => id.startsWith(given) || id.includes(`-${given}-`))] = named
  if (found !== undefined && isRun(join(runs, found))) return join(runs, found)
  const newest = ids.slice(0, 5)
  throw new UsageError(
    newest.length === 0
      ? `there is no run '${given}': ${runs} holds no runs yet. Run a pipeline first: radiograft run <pipeline>.`
      : `there is no run '${given}' in ${runs}. The newest: ${newest.join(', ')}.`,
  )
}
