// `radiograft run <pipeline>`: resolve, check the data, plan, compute what is missing, write what a reader opens.
import type { Store } from '@radiograft/artefact-store'
import type { AnyPipeline, Dataset, ResolvedPipeline } from '@radiograft/pipeline'
import type { Plan, Runtime } from '@radiograft/runner'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { settings } from '../arguments/settings.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { commandLine } from '../text/commandLine.ts'
import { dataCommands } from '../data/dataCommands.ts'
import { leftOut } from '../data/leftOut.ts'
import { describeFailure } from '../describeFailure.ts'
import { findPipelineFile, loadPipeline } from '../files/pipelineFile.ts'
import { linkLatest, makeWritable, moveRun, outFolder } from '../files/runFolders.ts'
import type { Costs } from '../plan/costLines.ts'
import { wantsJson } from '../progress/wantsJson.ts'
import type { JsonStream } from '../progress/jsonStream.ts'
import type { Progress } from '../progress/Progress.ts'
import { tellFailure } from '../tellFailure.ts'
import type { Terminal } from '../Terminal.ts'
import { paintFor } from '../text/paint.ts'
import { trackingOf } from '../tracking/trackingOf.ts'
import { stopCode, untilStopped } from '../untilStopped.ts'
import { UsageError } from '../UsageError.ts'
import { runFlags } from './runFlags.ts'

/** Seeds are uint32. */
const maxSeed = 2 ** 32 - 1
const maxThreads = 1024
/** What belongs to --only. */
const onlyFlags = ['force', 'in-process', 'inspect']

/** The exit code. `signal` stops the run; rejects with what `describeFailure` knows. */
export const run = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  if (!wantsJson(argv)) return untilStopped(() => runWith(argv, terminal, signal), signal)
  const stream = (await import('../progress/jsonStream.ts')).jsonStream(terminal.out, terminal.err)
  try {
    return await untilStopped(() => runWith(argv, terminal, signal, stream), signal)
  } catch (error) {
    stream.failed(error, describeFailure(error, { command: ['run', ...argv], signal: signal.reason }))
    throw error
  }
}

const runWith = async (
  argv: ReadonlyArray<string>,
  terminal: Terminal,
  signal: AbortSignal,
  stream?: JsonStream,
): Promise<number> => {
  const given = await parseArguments(runFlags, argv)
  const [file, ...rest] = given.positionals
  // asked for, so on stdout with --json too
  if (given.has('help')) return (await import('./runHelp.ts')).runHelp(file, terminal)
  if (file === undefined)
    throw new UsageError(`which pipeline? ${commandLine('run <pipeline.ts|name>')}, or run --help.`)
  if (rest.length > 0)
    throw new UsageError(
      `'${rest.join(' ')}' is one name too many after '${file}'. Values are set with --set <name>=<value>.`,
    )
  const quiet = { ...terminal, out: terminal.err, live: false, paint: paintFor(false) }
  return runPipeline(file, argv, given, stream ? quiet : terminal, signal, stream)
}

const runPipeline = async (
  name: string,
  argv: ReadonlyArray<string>,
  given: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
  stream?: JsonStream,
): Promise<number> => {
  const sets = settings(given.all('set'))
  const seed = wholeNumber(given, 'seed', 0, maxSeed)
  const threads = wholeNumber(given, 'threads', 1, maxThreads)
  const lookOnly = given.has('dry-run') || given.has('check')
  const only = given.get('only')
  const loose = onlyFlags.find((flag) => given.has(flag))
  if (only === undefined && loose !== undefined)
    throw new UsageError(`--${loose} is about one stage: give it with --only <stage>.`)
  if (only !== undefined && (lookOnly || given.has('out')))
    throw new UsageError('--only computes one stage: it goes without --dry-run, --check and --out.')
  const say = (lines: ReadonlyArray<string>): void => terminal.out(lines.map((line) => `${line}\n`).join(''))

  // what runs: nothing is read or computed yet, and every wrong name ends here
  const { executePlan, findWorkspace, planRun } = await import('@radiograft/runner')
  const workspace = findWorkspace(process.cwd(), { store: given.get('store') })
  const pipeline = await loadPipeline(await findPipelineFile(name, workspace.root))
  const { resolvePipeline } = await import('@radiograft/pipeline')
  const datasets = await boundFolders(pipeline, given)
  const preset = given.get('preset')
  const resolved = resolvePipeline(pipeline, {
    preset: preset ?? 'default',
    sets,
    datasets,
    ...(seed !== undefined && { seed }),
  })

  // where it goes, and what it reads
  const { fileStore } = await import('@radiograft/artefact-store')
  const store = fileStore(workspace.store)
  makeWritable(workspace.store, 'the store', '--store')
  await store.probe()
  const out = given.get('out')
  const chosen = lookOnly || out === undefined ? undefined : outFolder(out)
  if (!lookOnly) makeWritable(workspace.runs, 'the folder of runs', '--out')
  const tracking = lookOnly || only !== undefined ? undefined : await trackingOf(workspace.runs)
  const films = await checkFolders(datasets, resolved, workspace.store, (line) => say([line]))

  // the plan
  const { expectedRuntime, isRuntimeOf, needsTensors, runtimeOf } = await import('../expectedRuntime.ts')
  const { runEffect } = await import('../runEffect.ts')
  const { notBuiltWarning, planSummary, wholePlan } = await import('../plan/describePlan.ts')
  const { choosePrecision } = await import('../choosePrecision.ts')
  const { precision, says } = await choosePrecision(given, resolved, { threads, lookOnly, terminal })
  if (says !== undefined) say([says])
  const planWith = async (runtime: Runtime) => {
    const options = { workspace, runtime, ...(threads !== undefined && { threads }) }
    return withCosts(await runEffect(planRun(resolved, options), store, signal), store, films)
  }
  let { plan, costs } = await planWith(await expectedRuntime(resolved, precision))
  const open = plan.nodes.filter(({ status }) => status._tag !== 'hit')
  if (open.length > 0) await (await dataCommands()).checkSplits(resolved)
  if (only !== undefined) {
    // what an entry prints in this process would be drawn over
    const plain = given.has('in-process') || given.has('inspect')
    const progress = stream ?? (await progressFor(plain ? { ...terminal, live: false } : terminal))
    const again = async (runtime: Runtime) => (await planWith(runtime)).plan
    const { runOnly } = await import('./runOnly.ts')
    return runOnly({ stage: only, given, argv, plan, planWith: again, store, terminal, progress, stream, signal })
  }
  if (lookOnly) {
    if (stream) stream.planned(plan)
    else say([...wholePlan(plan, costs, terminal.paint), ...notBuiltWarning(plan, terminal.paint)])
    return given.has('check') && open.length > 0 ? 1 : 0
  }
  if (costs) (await import('../price/checkSpace.ts')).checkSpace(workspace.store, costs.prices.bytes, costs.free)
  if (needsTensors(open.map(({ node }) => node))) {
    const { provisionRuntime } = await import('../provisionRuntime.ts')
    const version = await provisionRuntime(terminal)
    const now = await runtimeOf(version, precision)
    if (!isRuntimeOf(now, plan)) ({ plan, costs } = await planWith(now))
  }
  say([...planSummary(plan, costs, terminal.paint), ...notBuiltWarning(plan, terminal.paint)])

  // the work
  let folder = ''
  const progress: Progress = stream ?? (await progressFor(terminal))
  const stopping = (): void => {
    // a reader that is gone reads nothing
    if (signal.reason !== 'SIGPIPE')
      progress.say('Stopping: the running stage is asked to save and end. Ctrl-C again kills it.')
  }
  signal.addEventListener('abort', stopping, { once: true })
  const execute = executePlan(
    plan,
    (event) => {
      if (event._tag === 'plan') {
        folder = event.folder
        if (chosen !== undefined) moveRun(folder, chosen)
        linkLatest(folder)
        tracking?.start(event.run, chosen ?? folder)
      }
      progress.observe(event)
    },
    { command: ['radiograft', 'run', ...argv] },
  )
  try {
    const done = await runEffect(execute, store, signal).finally(() => {
      progress.close()
      signal.removeEventListener('abort', stopping)
    })

    // what a reader opens; a signal waits until it is whole
    const writing = (): void => progress.say('All is computed: the results are written, then it stops.')
    signal.addEventListener('abort', writing, { once: true })
    const { writeResults } = await import('../results/writeResults.ts')
    const { closingLines } = await import('../results/closingLines.ts')
    const written = await writeResults(chosen ?? folder, store, plan, done)
    stream?.done(done, chosen ?? folder, written)
    say(closingLines(written, chosen ?? folder, done, terminal))
    signal.removeEventListener('abort', writing)
    return signal.aborted ? stopCode(signal.reason) : 0
  } catch (error) {
    if (!tracking) throw error
    // before the wait for the server, not after it
    const circumstances = { command: ['run', ...argv], signal: signal.reason as unknown }
    stream?.failed(error, describeFailure(error, circumstances))
    return tellFailure(error, circumstances, terminal)
  } finally {
    // however it ended
    if (tracking) say(await tracking.finish(signal, (line) => say([line])))
  }
}

/** The folders that --data names; the package that knows layouts is loaded only for one. */
const boundFolders = async (pipeline: AnyPipeline, given: Arguments): Promise<Readonly<Record<string, Dataset>>> => {
  const folders = given.all('data')
  const left = leftOut(given)
  if (folders.length === 0) {
    if (Object.keys(left).length > 0)
      throw new UsageError('--skip-bad and --laterals are about a folder of films: give one with --data.')
    return {}
  }
  const { bindDatasets } = await import('../data/bindDatasets.ts')
  return bindDatasets(pipeline, folders, left, await dataCommands())
}

/** Films of each dataset that is a folder, after its check. */
const checkFolders = async (
  datasets: Readonly<Record<string, Dataset>>,
  { nodes }: ResolvedPipeline,
  store: string,
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> => {
  if (Object.values(datasets).every(({ layout }) => layout === 'phantom')) return {}
  const { checkDatasets } = await import('../data/checkDatasets.ts')
  const { checkByReader } = await import('../data/checkByReader.ts')
  return checkDatasets(datasets, nodes, store, checkByReader, say)
}

/** The plan with better times, and what it takes; nothing where all is there. */
const withCosts = async (
  plan: Plan,
  store: Store,
  films: Readonly<Record<string, number>>,
): Promise<{ readonly plan: Plan; readonly costs: Costs | undefined }> => {
  if (plan.counts.hit === plan.nodes.length) return { plan, costs: undefined }
  const { pricePlan } = await import('../price/pricePlan.ts')
  const { freeBytes } = await import('../price/checkSpace.ts')
  const priced = await pricePlan(plan, store.manifests, films)
  return { plan: priced.plan, costs: { prices: priced.prices, free: await freeBytes(store.location) } }
}

const progressFor = async (terminal: Terminal): Promise<Progress> => {
  const now = (): number => performance.now() / 1000
  return terminal.live
    ? (await import('../progress/liveProgress.ts')).liveProgress(terminal, now)
    : (await import('../progress/plainProgress.ts')).plainProgress(terminal, now)
}
