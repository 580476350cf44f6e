// A plan for people: the summary before a run, and the whole of it for --dry-run.
import type { Plan, PlannedNode } from '@radiograft/runner'
import { alignColumns } from '../text/alignColumns.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import { stepOf } from '../text/stepOf.ts'
import { costLines } from './costLines.ts'
import type { Costs } from './costLines.ts'

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const sourceOf = (plan: Plan): string =>
  Object.entries(plan.pipeline.datasets)
    .map(([name, { layout, root }]) => `${name}: ${layout === 'phantom' ? 'phantom' : `${layout} ${root}`}`)
    .join(', ')

/** Reasons that the summary shows; --dry-run shows all. */
const shown = 4

/** Why a stage is computed, and from where on: `never computed, goes on at step 340 of 2000`. */
const missText = ({
  reason,
  checkpoint,
}: Pick<Extract<PlannedNode['status'], { readonly _tag: 'miss' }>, 'reason' | 'checkpoint'>): string =>
  checkpoint ? `${reason}, goes on at ${stepOf(checkpoint.step, checkpoint.total)}` : reason

/** What a node is, in a few words: `hit`, `miss: params.steps 300 → 400`, `unknown until fit-aligner`. */
export const describeStatus = ({ status }: PlannedNode): string =>
  status._tag === 'hit' ? 'hit' : status._tag === 'miss' ? `miss: ${missText(status)}` : `unknown until ${status.until}`

const planHead = (plan: Plan, costs: Costs | undefined, paint: Paint): ReadonlyArray<string> => {
  const { pipeline, counts } = plan
  const data = sourceOf(plan)
  const parts = [
    paint.green(plural(counts.hit, 'hit')),
    ...(counts.miss > 0 ? [paint.yellow(`${counts.miss} to compute`)] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} unknown until then`] : []),
  ]
  return [
    `${paint.bold(pipeline.name)} · preset ${pipeline.preset} · seed ${pipeline.seed} · ${plural(pipeline.cells.length, 'cell')}${data === '' ? '' : ` · ${data}`}`,
    `${plural(plan.nodes.length, 'stage')}: ${parts.join(', ')}`,
    ...(costs ? costLines(costs, paint) : []),
  ]
}

/** Title, counts, costs, the first reasons. `costs` are given where anything is to be computed. */
export const planSummary = (plan: Plan, costs: Costs | undefined, paint: Paint): ReadonlyArray<string> => {
  const misses = plan.nodes.filter(({ status }) => status._tag === 'miss')
  return [
    ...planHead(plan, costs, paint),
    ...misses
      .slice(0, shown)
      .map(({ node, status }) => `  ${node.label}: ${status._tag === 'miss' ? missText(status) : ''}`),
    ...(misses.length > shown ? [paint.dim(`  … and ${misses.length - shown} more (--dry-run shows all)`)] : []),
  ]
}

/** `≈` marks a time of the price list. */
const timeOf = ({ node, status, seconds }: PlannedNode, costs: Costs | undefined): string => {
  if (status._tag === 'hit') return ''
  if (seconds === undefined) return '?'
  const listed = costs?.prices.byLabel.get(node.label)?.basis === 'price list'
  return `${listed ? '≈ ' : ''}${formatSeconds(seconds)}`
}

/** Nodes of one id that are listed one by one; more are one line, or a study of many arms and seeds would fill screens. */
const listed = 4

/** A line a node, or one an id that has many: how many of each status, and their time in all. */
const stageRows = (plan: Plan, costs: Costs | undefined): ReadonlyArray<ReadonlyArray<string>> => {
  const groups = new Map<string, PlannedNode[]>()
  for (const planned of plan.nodes) groups.set(planned.node.id, [...(groups.get(planned.node.id) ?? []), planned])
  return plan.nodes.flatMap((planned) => {
    const group = groups.get(planned.node.id)!
    if (group.length <= listed) return [[`  ${planned.node.label}`, timeOf(planned, costs), describeStatus(planned)]]
    if (planned !== group[0]) return []
    const of = (tag: PlannedNode['status']['_tag']) => group.filter(({ status }) => status._tag === tag).length
    const counts = [
      [of('hit'), 'hit'],
      [of('miss'), 'to compute'],
      [of('unknown'), 'unknown until then'],
    ] as const
    const wanted = group.filter(({ status }) => status._tag !== 'hit')
    const seconds = wanted.reduce((sum, one) => sum + (one.seconds ?? NaN), 0)
    const time = wanted.length === 0 ? '' : Number.isNaN(seconds) ? '?' : formatSeconds(seconds)
    const words = counts.flatMap(([n, what]) => (n > 0 ? [what === 'hit' ? plural(n, what) : `${n} ${what}`] : []))
    return [[`  ${planned.node.id} × ${group.length}`, time, `${words.join(', ')}; times are of all`]]
  })
}

/** Values of an axis on one line. */
const axisText = (values: ReadonlyArray<unknown>): string => {
  const all = values.map(String)
  return all.length <= 12 ? all.join(', ') : `${all.slice(0, 4).join(', ')} … ${all.at(-1)} (${all.length})`
}

/** Every node, every parameter with its source, the versions. */
export const wholePlan = (plan: Plan, costs: Costs | undefined, paint: Paint): ReadonlyArray<string> => {
  const { pipeline } = plan
  const versions = new Map<string, string>([['node', process.versions.node]])
  for (const code of plan.code.values())
    for (const [name, version] of Object.entries(code.versions))
      if (!name.includes('/node_modules/')) versions.set(name, version)
  const rows = [
    ...pipeline.params.map(({ name, value, source }) => [`  ${name}`, String(value), source]),
    ...Object.entries(pipeline.axes).map(([name, values]) => [
      `  ${name}`,
      axisText(values),
      `axis, ${pipeline.axisSources[name] ?? 'default'}`,
    ]),
  ]
  const set = plan.nodes.flatMap(({ node }) =>
    Object.entries(node.paramSources)
      .filter(([, source]) => source === '--set')
      .map(([name]) => [`  ${node.label}.${name}`, JSON.stringify(node.params[name]), '--set']),
  )
  const manySet =
    set.length <= 4 * listed ? set : [...set.slice(0, listed), [`  … and ${set.length - listed} more by --set`, '', '']]
  const anyListed = [...(costs?.prices.byLabel.values() ?? [])].some(({ basis }) => basis === 'price list')
  return [
    ...planHead(plan, costs, paint),
    '',
    paint.bold('Stages'),
    ...alignColumns(stageRows(plan, costs), ['left', 'right']),
    ...(anyListed
      ? [paint.dim('  ≈ by the price list, from steps measured on two cores; other times are scaled from earlier runs')]
      : []),
    '',
    paint.bold('Parameters'),
    ...alignColumns([...rows, ...manySet]),
    '',
    paint.bold('Versions'),
    `  ${[...versions]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `  runtime: ${plan.options.runtime.backend} ${plan.options.runtime.version}, ${plan.options.runtime.precision}, ${plural(plan.options.threads, 'thread')}`,
  ]
}

/** What `--preset paper` cannot run yet. */
export const notBuiltWarning = (plan: Plan, paint: Paint): ReadonlyArray<string> =>
  plan.pipeline.preset !== 'paper' || plan.pipeline.notBuilt.length === 0
    ? []
    : [
        paint.yellow('Not built yet, so the paper is not reproduced in these rows:'),
        ...alignColumns(plan.pipeline.notBuilt.map(({ row, what }) => [`  ${row}`, what])),
      ]
