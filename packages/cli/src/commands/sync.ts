// `radiograft sync`: runs to a tracking server, later than they ran.
import { existsSync, realpathSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Synced } from '@radiograft/mlflow/tracking'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { findRun } from '../files/findRun.ts'
import { runIds } from '../files/runFolders.ts'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { checkUri, trackingUri } from '../tracking/trackingUri.ts'
import { UsageError } from '../UsageError.ts'
import { syncTable as table } from './syncTable.ts'

/** Milliseconds between two lines of one run's progress. */
const pace = 2000

/** The exit code. Rejects with what `describeFailure` knows. */
export const sync = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  const given = await parseArguments(table.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(table))
    return 0
  }
  const [name, ...rest] = given.positionals
  if (rest.length > 0)
    throw new UsageError(`one run at a time: '${rest.join(' ')}' is too many. For all of them: --all.`)
  if (name !== undefined && given.has('all')) throw new UsageError(`a run or --all, not both: '${name}' is a run.`)
  const flag = given.get('uri')
  const uri = flag === undefined ? trackingUri(process.env) : checkUri(flag, '--uri')
  if (uri === undefined)
    throw new UsageError(
      `which server? Set MLFLOW_TRACKING_URI, or give it: ${commandLine('sync --uri http://127.0.0.1:5000')}.`,
    )

  const flagged = given.get('store')
  const store = flagged === undefined ? undefined : resolve(flagged)
  if (store !== undefined && !existsSync(join(store, 'manifests')))
    throw new UsageError(`--store: there is no store at ${store}. Give the folder that holds manifests and blobs.`)

  const { findWorkspace } = await import('@radiograft/runner')
  const { isUnsent } = await import('@radiograft/mlflow/tracking')
  const { runs } = findWorkspace(process.cwd())
  if (name !== undefined) return syncAll([findRun(name, runs)], uri, store, terminal, signal)
  const folders = runIds(runs)
    .toReversed()
    .map((id) => join(runs, id))
    // one that was killed before it was written down is no run
    .filter((folder) => existsSync(join(folder, 'run.json')))
  const wanted: string[] = []
  for (const folder of folders) if (given.has('all') || (await isUnsent(folder, uri, store))) wanted.push(folder)
  if (wanted.length === 0)
    terminal.out(
      given.has('all')
        ? `there are no runs in ${runs}.\n`
        : `nothing to send: every run that was meant for ${withoutCredentials(uri)} is there. Others by name, or with --all.\n`,
    )
  return syncAll(wanted, uri, store, terminal, signal)
}

const withoutCredentials = (uri: string): string => {
  const url = new URL(uri)
  url.username = ''
  url.password = ''
  return url.href.replace(/\/$/, '')
}

const keptBack = (id: string): string =>
  `without its report and figures: whom they must not name is known only with the store. radiograft sync ${id} --store <dir> sends them`

/** What is printed behind the run's name. */
export const outcome = (synced: Synced, id: string): string => {
  switch (synced._tag) {
    case 'complete':
      return `is there already${synced.withheld ? `, ${keptBack(id)}` : ''}`
    case 'busy':
      return 'is being sent by another process'
    case 'running':
      return `goes on; what it wrote so far is there${synced.address === undefined ? '' : `: ${synced.address}`}`
    case 'sent': {
      const { anew, address, refused, withheld, unreadable } = synced
      const but = [
        ...(refused.length > 0 ? [`the server refused ${refused.length} (${refused[0]!.split('\n')[0]})`] : []),
        ...(unreadable > 0
          ? [`${unreadable} ${unreadable === 1 ? 'line' : 'lines'} of its journal could not be read`]
          : []),
      ]
      const how = anew ? 'was there no more; sent anew' : 'sent'
      return `${[how, ...but.map((text, i) => (i === 0 ? `but ${text}` : text)), ...(withheld ? [keptBack(id)] : [])].join(', ')}: ${address}`
    }
  }
}

const syncAll = async (
  folders: ReadonlyArray<string>,
  uri: string,
  store: string | undefined,
  { out, err }: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const { mlflowOptionsOfEnv } = await import('@radiograft/mlflow')
  const { syncRun } = await import('@radiograft/mlflow/tracking')
  const { runPrivacy } = await import('../tracking/runPrivacy.ts')
  const options = mlflowOptionsOfEnv(process.env)
  const experiment = process.env['MLFLOW_EXPERIMENT_NAME']?.trim() || undefined
  const syncOne = async (folder: string, id: string): Promise<Synced> => {
    let told = performance.now()
    return syncRun({
      folder,
      uri,
      options,
      experiment,
      signal,
      ...(store !== undefined && { store }),
      privacyOf: (record, at) => runPrivacy(record, at, store ?? record.store),
      onProgress: (sent, total) => {
        if (performance.now() - told < pace || total === 0) return
        told = performance.now()
        out(`${id}  ${Math.floor((100 * sent) / total)} % of its journal\n`)
      },
    })
  }
  let code = 0
  for (const folder of folders) {
    // `latest` is a link; the run's own name says more
    const id = basename(folder) === 'latest' ? basename(realpathSync(folder)) : basename(folder)
    try {
      // before the server is asked, which may be silent for a while
      out(`${id}  goes to ${withoutCredentials(uri)}\n`)
      out(`${id}  ${outcome(await syncOne(folder, id), id)}\n`)
    } catch (error) {
      if (signal.aborted) throw new (await import('../runEffect.ts')).Interrupted()
      // one that cannot be read must not keep the others here
      if (folders.length === 1 || (error as { readonly _tag?: string })._tag === 'MlflowUnavailableError') throw error
      code = 1
      err(`${id}  cannot be sent: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  return code
}
