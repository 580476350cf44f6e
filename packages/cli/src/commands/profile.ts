// `radiograft profile <stage>`: what the steps of a stage cost, from a run of the stage itself that is ended once it is known.
import { writeFileSync } from 'node:fs'
import type { Plan, PlannedNode } from '@radiograft/runner'
import { helpText } from '../arguments/helpText.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { settings } from '../arguments/settings.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import type { ProfiledStage } from '../profile/profileLines.ts'
import type { RecordedStage } from '../profile/recordStage.ts'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { shellQuoted, shellWords } from '../text/shellQuoted.ts'
import { untilStopped } from '../untilStopped.ts'
import { UsageError } from '../UsageError.ts'
import { profiledPipeline, profileTable } from './profileTable.ts'

/** Calls of a graph before it counts as warm. */
const warmUp = 3
const defaultSteps = 5
const mostSteps = 1000
const maxThreads = 1024
const maxSeed = 2 ** 32 - 1

export const profile = async (
  argv: ReadonlyArray<string>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const given = await parseArguments(profileTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(profileTable))
    return 0
  }
  const [stage, ...rest] = given.positionals
  if (stage === undefined) throw new UsageError(`which stage? ${commandLine('profile <stage>')}, or profile --help.`)
  if (rest.length > 0)
    throw new UsageError(
      `'${rest.join(' ')}' is one name too many after '${stage}'. The pipeline is given with --pipeline.`,
    )
  return untilStopped(() => profileStage(stage, given, terminal, signal), signal)
}

/** The flags that decide what the stage reads, as `run` takes them. */
const runWords = (given: Arguments): ReadonlyArray<string> => [
  'run',
  given.get('pipeline') ?? profiledPipeline,
  ...['preset', 'data', 'laterals', 'set', 'seed', 'store', 'threads', 'precision'].flatMap((flag) =>
    given.all(flag).flatMap((value) => [`--${flag}`, value]),
  ),
  ...(given.has('skip-bad') ? ['--skip-bad'] : []),
]

/** The plan of the pipeline as `run` with the same flags would make it. */
const planOf = async (given: Arguments, terminal: Terminal, signal: AbortSignal): Promise<Plan> => {
  const { findWorkspace, planRun } = await import('@radiograft/runner')
  const { resolvePipeline } = await import('@radiograft/pipeline')
  const { findPipelineFile, loadPipeline } = await import('../files/pipelineFile.ts')
  const workspace = findWorkspace(process.cwd(), { store: given.get('store') })
  const pipeline = await loadPipeline(await findPipelineFile(given.get('pipeline') ?? profiledPipeline, workspace.root))
  const folders = given.all('data')
  const { leftOut } = await import('../data/leftOut.ts')
  const { bindDatasets } = await import('../data/bindDatasets.ts')
  const { dataCommands } = await import('../data/dataCommands.ts')
  const datasets = folders.length === 0 ? {} : bindDatasets(pipeline, folders, leftOut(given), await dataCommands())
  const seed = wholeNumber(given, 'seed', 0, maxSeed)
  const threads = wholeNumber(given, 'threads', 1, maxThreads)
  const resolved = resolvePipeline(pipeline, {
    preset: given.get('preset') ?? 'default',
    sets: settings(given.all('set')),
    datasets,
    ...(seed !== undefined && { seed }),
  })
  const { stagesNamed } = await import('../open/stageNamed.ts')
  // a wrong name ends here, before anything is set up
  stagesNamed(
    resolved.nodes.filter((node) => node.stage !== undefined),
    given.positionals[0]!,
  )
  const { choosePrecision } = await import('../choosePrecision.ts')
  const { runtimeOf } = await import('../expectedRuntime.ts')
  const { provisionRuntime } = await import('../provisionRuntime.ts')
  const { runEffect } = await import('../runEffect.ts')
  const { fileStore } = await import('@radiograft/artefact-store')
  const quiet = { ...terminal, out: terminal.err, live: false }
  const { precision, says } = await choosePrecision(given, resolved, { threads, lookOnly: false, terminal: quiet })
  if (says !== undefined) terminal.err(`${says}\n`)
  const runtime = await runtimeOf(await provisionRuntime(quiet), precision)
  const options = { workspace, runtime, ...(threads !== undefined && { threads }) }
  return runEffect(planRun(resolved, options), fileStore(workspace.store), signal)
}

/** The first arm of the stage that computes with tensors. */
const armOf = async (plan: Plan, name: string, terminal: Terminal): Promise<PlannedNode> => {
  const { stagesNamed } = await import('../open/stageNamed.ts')
  const nodes = stagesNamed(
    plan.nodes.map(({ node }) => node),
    name,
  )
  const [first, ...others] = nodes.filter(({ stage }) => stage?.pure !== true)
  if (!first) throw new UsageError(`'${name}' computes without the tensor runtime: it has no steps to be profiled.`)
  if (others.length > 0)
    terminal.err(`of ${nodes.length} arms ${first.label}; others: ${others.map(({ label }) => label).join(', ')}\n`)
  return plan.nodes.find(({ node }) => node.identity === first.identity)!
}

const cutPlan = async (plan: Plan, label: string, given: Arguments): Promise<Plan> => {
  const { planOnly } = await import('@radiograft/runner')
  try {
    return planOnly(plan, new Set([label]))
  } catch (error) {
    const { _tag, missing } = error as { readonly _tag?: unknown; readonly missing?: ReadonlyArray<string> }
    if (_tag !== 'InputsMissingError' || !missing) throw error
    const whole = commandLine(shellWords(runWords(given)))
    throw new UsageError(
      `${label} cannot be profiled: what it reads is not in the store (${missing.join(', ')}).\n` +
        `  all of the pipeline:  ${whole}\n  only what is missing, in this order:\n` +
        missing.map((one) => `    ${whole} --only ${shellQuoted(one)}`).join('\n'),
      { cause: error },
    )
  }
}

/** Why there is nothing to show, and what to do about it. */
const nothingTraced = ({ recording, failure, printed }: RecordedStage, label: string, steps: number): Error => {
  if (!recording) {
    if (failure instanceof Error) return failure
    return new UsageError(
      `${label} ended without loading the tensor runtime: it has no steps to be profiled.\n${printed.slice(-2000)}`,
    )
  }
  const most = Math.max(0, ...Object.values(recording.graphs))
  const needed = warmUp + 2 * steps + 1
  return new UsageError(
    most === 0
      ? `${label} called no compiled graph: it has no steps to be profiled.`
      : `${label} called its compiled graph ${most} times and ended; ${needed} calls are needed for ${steps} steps.` +
          (most >= warmUp + 3
            ? ` Try --steps ${Math.floor((most - warmUp - 1) / 2)}.`
            : ' Give it more to do, with --set.'),
  )
}

const profileStage = async (
  name: string,
  given: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const steps = wholeNumber(given, 'steps', 1, mostSteps) ?? defaultSteps
  const whole = await planOf(given, terminal, signal)
  const { label } = (await armOf(whole, name, terminal)).node
  const plan = await cutPlan(whole, label, given)
  terminal.err(
    `${label}: ${warmUp} steps to warm up, ${steps} timed, ${steps} traced; then it is ended and nothing is kept\n`,
  )
  const { recordStage } = await import('../profile/recordStage.ts')
  const recorded = await recordStage(plan, label, { warmUp, steps }, signal)
  const { parseOneDnn, summariseRecording } = await import('@radiograft/tensor/node')
  const { recording } = recorded
  const summary = recording && summariseRecording(recording, parseOneDnn(recorded.printed))
  if (!recording || !summary) throw nothingTraced(recorded, label, steps)
  const { pipeline, options } = plan
  const stage: ProfiledStage = {
    label,
    pipeline: pipeline.name,
    preset: pipeline.preset,
    precision: options.runtime.precision,
  }
  const file = given.get('trace')
  if (file !== undefined) {
    const { chromeTrace } = await import('../profile/chromeTrace.ts')
    writeFileSync(file, JSON.stringify(chromeTrace(recording)))
  }
  if (given.has('json')) {
    const { hints } = await import('../profile/hints.ts')
    terminal.out(`${JSON.stringify({ ...stage, ...summary, hints: hints(summary) }, null, 2)}\n`)
    return 0
  }
  const { profileLines } = await import('../profile/profileLines.ts')
  terminal.out(`${profileLines(stage, summary, terminal.paint).join('\n')}\n`)
  if (file !== undefined) terminal.out(`\ntrace: ${file} (open it in chrome://tracing or ui.perfetto.dev)\n`)
  return 0
}
