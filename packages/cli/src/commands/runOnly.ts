// `radiograft run <pipeline> --only <stage>`: one stage, with all its arms or one, from inputs that are kept, and nothing
// else; again with --force, in this process with --in-process, under a debugger with --inspect.
import { machineText } from '@radiograft/artefact-store'
import type { Manifest, Store } from '@radiograft/artefact-store'
import type { ComputedAgain, Plan, RunResult, Runtime } from '@radiograft/runner'
import type { Arguments } from '../arguments/parseArguments.ts'
import { onlyFolder } from '../files/findRun.ts'
import { stagesNamed } from '../open/stageNamed.ts'
import type { JsonStream } from '../progress/jsonStream.ts'
import type { Progress } from '../progress/Progress.ts'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { shellQuoted, shellWords } from '../text/shellQuoted.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import { UsageError } from '../UsageError.ts'

export interface OnlyRun {
  readonly stage: string
  readonly given: Arguments
  readonly argv: ReadonlyArray<string>
  readonly plan: Plan
  /** the plan with the tensor runtime's version, once that is set up */
  readonly planWith: (runtime: Runtime) => Promise<Plan>
  readonly store: Store
  readonly terminal: Terminal
  readonly progress: Progress
  /** with --json: told how it ended. @default nobody */
  readonly stream?: JsonStream | undefined
  readonly signal: AbortSignal
}

/** The command line without --only and what belongs to it: it computes what is missing. */
const wholeCommand = (argv: ReadonlyArray<string>): string => {
  const kept: string[] = []
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--only') i++
    else if (!/^--(only=|force|in-?process|inspect)/i.test(argv[i]!)) kept.push(argv[i]!)
  }
  return commandLine(`run ${shellWords(kept)}`)
}

/** Cuts the plan; what is missing is told with the commands that make it. */
const cutPlan = async (plan: Plan, labels: ReadonlySet<string>, argv: ReadonlyArray<string>): Promise<Plan> => {
  const { planOnly } = await import('@radiograft/runner')
  try {
    return planOnly(plan, labels)
  } catch (error) {
    const { _tag, missing } = error as { readonly _tag?: unknown; readonly missing?: ReadonlyArray<string> }
    if (_tag !== 'InputsMissingError' || !missing) throw error
    const whole = wholeCommand(argv)
    throw new UsageError(
      `${[...labels].join(', ')} cannot be computed alone: what it reads is not in the store (${missing.join(', ')}).\n` +
        `  all of the pipeline:  ${whole}\n  only what is missing, in this order:\n` +
        missing.map((label) => `    ${whole} --only ${shellQuoted(label)}`).join('\n'),
      { cause: error },
    )
  }
}

const againLines = async (
  again: ComputedAgain,
  plan: Plan,
  store: Store,
  paint: Paint,
): Promise<ReadonlyArray<string>> => {
  const ports = Object.entries(again.outputs)
  const other = ports.filter(([, { kept, now }]) => kept !== now)
  const took = `computed again in ${formatSeconds(again.seconds)}`
  if (other.length === 0)
    return [
      `${paint.green('bit for bit the same')}  ${again.label}: ${took}, ${ports.map(([port]) => port).join(', ')}`,
    ]
  const manifest: Manifest | undefined = await store.manifests.get(again.key)
  const [before, now] = [manifest?.fingerprint, plan.fingerprint]
  return [
    `${paint.red('not the same')}  ${again.label}: ${took}; what is kept stays`,
    ...other.map(([port, { kept, now: digest }]) => `  ${port}: kept ${kept.slice(0, 12)}, now ${digest.slice(0, 12)}`),
    ...(before && machineText(before) !== machineText(now)
      ? [`  kept was computed on ${machineText(before)}; now on ${machineText(now)}`]
      : []),
  ]
}

const closing = async (
  done: RunResult,
  labels: ReadonlySet<string>,
  plan: Plan,
  store: Store,
  paint: Paint,
): Promise<ReadonlyArray<string>> => {
  const lines: string[] = []
  for (const label of labels) {
    const again = done.again.find((one) => one.label === label)
    const node = done.record.nodes.find((one) => one.label === label)!
    if (again) lines.push(...(await againLines(again, plan, store, paint)))
    else if (node.status === 'computed')
      lines.push(`${paint.green('computed')}  ${label} in ${formatSeconds(node.seconds ?? 0)}`)
    else
      lines.push(`kept  ${label}, key ${node.key?.slice(0, 12) ?? ''}: it is there already (--force computes it again)`)
  }
  const [first] = labels
  return [...lines, `look at it: ${commandLine(shellWords(['show', done.folder, first!]))}`]
}

/** The exit code: 1 where --force came out otherwise. */
export const runOnly = async (only: OnlyRun): Promise<number> => {
  const { stage, given, argv, store, terminal, progress, signal } = only
  const { paint } = terminal
  const say = (lines: ReadonlyArray<string>): void => lines.forEach((line) => progress.say(line))
  const labels = new Set(
    stagesNamed(
      only.plan.nodes.map(({ node }) => node),
      stage,
    ).map(({ label }) => label),
  )
  let plan = await cutPlan(only.plan, labels, argv)
  const again = given.has('force')
  const targets = plan.nodes.filter(({ node, status }) => labels.has(node.label) && (again || status._tag !== 'hit'))
  const { isRuntimeOf, needsTensors, runtimeOf } = await import('../expectedRuntime.ts')
  if (needsTensors(targets.map(({ node }) => node))) {
    const { provisionRuntime } = await import('../provisionRuntime.ts')
    const now = await runtimeOf(await provisionRuntime(terminal), plan.options.runtime.precision)
    if (!isRuntimeOf(now, plan)) plan = await cutPlan(await only.planWith(now), labels, argv)
  }
  // beside the runs, so that `latest` and a pipeline's newest run stay whole ones
  const { workspace, threads } = plan.options
  plan = {
    ...plan,
    options: { ...plan.options, workspace: { ...workspace, runs: onlyFolder(workspace.runs) } },
  }

  const inProcess = given.has('in-process')
  if (inProcess) Object.assign(process.env, { RADIOGRAFT_THREADS: String(threads), TF_CPP_MIN_LOG_LEVEL: '2' })
  const { executePlan } = await import('@radiograft/runner')
  const { runEffect } = await import('../runEffect.ts')
  const execute = executePlan(plan, progress.observe, {
    command: ['radiograft', 'run', ...argv],
    only: labels,
    again,
    inProcess,
    ...(given.has('inspect') && {
      inspect: {
        tell: (label: string, url: string) =>
          say([
            `${paint.yellow('waiting for a debugger')}  ${label}`,
            '  Chrome: open chrome://inspect and choose the target; an editor: attach to',
            `  ${url}`,
            `  a terminal: node inspect ${new URL(url).host}`,
            '  It stops before the entry is called: step into run. Ctrl-C gives up.',
          ]),
      },
    }),
  })
  const done = await runEffect(execute, store, signal).finally(() => progress.close())
  only.stream?.done(done, done.folder)
  say(await closing(done, labels, plan, store, paint))
  const differs = done.again.some(({ outputs }) => Object.values(outputs).some(({ kept, now }) => kept !== now))
  return differs ? 1 : 0
}
