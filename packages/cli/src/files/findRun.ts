// From what the user wrote to a run folder: a path, the name of a run or its beginning, a pipeline, `latest` or one before it.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { commandLine } from '../text/commandLine.ts'
import { UsageError } from '../UsageError.ts'
import { runIds } from './runFolders.ts'

const isRun = (folder: string): boolean =>
  existsSync(join(folder, 'run.json')) || existsSync(join(folder, 'metrics.json'))

/** Names that a message lists. */
const mostListed = 5

const listed = (ids: ReadonlyArray<string>): string =>
  `${ids.slice(0, mostListed).join(', ')}${ids.length > mostListed ? ', …' : ''}`

/** Runs of one stage alone lie beside the whole ones. */
export const onlyFolder = (runs: string): string => join(dirname(runs), 'only')

/** `latest`, and `latest~1` for the run that began before it; undefined where there is none. */
const latestOf = (back: number, ids: ReadonlyArray<string>, runs: string): string | undefined => {
  const link = join(runs, 'latest')
  // the link may be missing where the file system has none
  const hasLink = isRun(link)
  if (back === 0) return hasLink ? link : ids[0] === undefined ? undefined : join(runs, ids[0])
  const target = hasLink ? realpathSync(link) : undefined
  const at = target === undefined ? 0 : ids.findIndex((id) => realpathSync(join(runs, id)) === target)
  const before = ids[Math.max(at, 0) + back]
  return before === undefined ? undefined : join(runs, before)
}

/** The run of this name, or the one whose name begins so. Throws `UsageError` where several do. */
const named = (given: string, folder: string, ids: ReadonlyArray<string>): string | undefined => {
  const begin = ids.includes(given) ? [given] : ids.filter((id) => id.startsWith(given))
  if (begin.length > 1)
    throw new UsageError(
      `'${given}' begins the names of ${begin.length} runs: ${listed(begin)}. Give more of the name.`,
    )
  return begin[0] === undefined ? undefined : join(folder, begin[0])
}

/** The newest run of a pipeline, or of a pipeline and preset such as `granet-quick`. */
const pipelineRun = (given: string, runs: string, ids: ReadonlyArray<string>): string | undefined => {
  const id = ids.find((one) => one.includes(`-${given}-`))
  return id === undefined ? undefined : join(runs, id)
}

/** Absolute path of the folder. Throws `UsageError` that lists what may have been meant. */
export const findRun = (given: string, runs: string): string => {
  if (given.trim() === '')
    throw new UsageError('which run? Give its folder, its name or the beginning, its pipeline, or latest.')
  if (isRun(resolve(given))) return resolve(given)
  if (given.endsWith('.json') && existsSync(resolve(given))) return dirname(resolve(given))
  // one that was killed before it was written down is no run
  const ids = runIds(runs).filter((id) => isRun(join(runs, id)))
  const only = onlyFolder(runs)
  const back = /^latest(?:~(\d+))?$/.exec(given)
  const found = back
    ? latestOf(Number(back[1] ?? 0), ids, runs)
    : (named(given, runs, ids) ??
      pipelineRun(given, runs, ids) ??
      named(
        given,
        only,
        runIds(only).filter((id) => isRun(join(only, id))),
      ))
  if (found !== undefined) return found
  throw new UsageError(
    ids.length === 0
      ? `there is no run '${given}': ${runs} holds no runs yet. Run a pipeline first: ${commandLine('run <pipeline>')}.`
      : `there is no run '${given}' in ${runs}. The newest: ${ids.slice(0, mostListed).join(', ')}.`,
  )
}
