// A run for people: what it was given, how each stage ended, what it answers.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasEnded, machineText } from '@radiograft/artefact-store'
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import type { OpenRun } from '../open/openRun.ts'
import { metricsTable } from '../results/metricsTable.ts'
import { commandLine } from '../text/commandLine.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { stepOf } from '../text/stepOf.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import { printable, printableLine } from '../text/printable.ts'
import { printableValues } from '../text/printableValues.ts'
import { shellWords } from '../text/shellQuoted.ts'
import { mainOfRecord } from './mainOfRecord.ts'
import { cut } from './tableLines.ts'

/** Metrics printed; `radiograft metrics` has all. */
const mostMetrics = 12

/** A run whose process has ended without an end of its own was killed. */
export const statusOf = ({ status, process }: RunRecord): string =>
  status === 'running' && process !== undefined && hasEnded(process) ? 'killed' : status

const statusPaint = (status: string, paint: Paint): string =>
  status === 'done' || status === 'computed'
    ? paint.green(status)
    : status === 'failed' || status === 'killed'
      ? paint.red(status)
      : status === 'hit'
        ? status
        : paint.yellow(status)

/** Settings that are not the pipeline's defaults: parameters and axes of a preset or --set, and parameters of stages. */
const settingsOf = (record: RunRecord): ReadonlyArray<readonly [name: string, value: string, source: string]> => {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  const ofStages = new Map<string, readonly [string, string, string]>()
  for (const { id, params, paramSources } of record.nodes)
    for (const [name, source] of Object.entries(paramSources))
      if (source === '--set') ofStages.set(`${id}.${name}`, [`${id}.${name}`, text(params[name]), source])
  return [
    ...record.params
      .filter(({ source }) => source !== 'default')
      .map(({ name, value, source }) => [name, text(value), source] as const),
    ...ofStages.values(),
  ]
}

const axesOf = (record: RunRecord): string =>
  Object.entries(record.axes)
    .map(([name, values]) => `${name} ${values.join(', ')}`)
    .join('; ')

const whyOf = ({ reason, resumedAt, kept }: RunRecordNode): string =>
  [
    ...(reason === '' ? [] : [reason]),
    ...(resumedAt === undefined ? [] : [`resumed at step ${resumedAt}`]),
    ...(kept ? [`kept at ${stepOf(kept.step, kept.total)}`] : []),
  ].join(', ')

const timeOf = ({ seconds }: RunRecordNode): string => (seconds === null ? '' : formatSeconds(seconds))

const logOf = (folder: string, { log }: RunRecordNode): string | undefined =>
  log !== null && existsSync(join(folder, log)) ? join(folder, log) : undefined

const failureLines = (run: OpenRun, paint: Paint): ReadonlyArray<string> => {
  const { record, folder } = run
  const again = printable(commandLine(shellWords(record.command.slice(1))))
  const failed = record.nodes.filter(({ status }) => status === 'failed')
  const status = statusOf(record)
  return [
    ...(record.error !== null && record.error !== 'interrupted'
      ? [
          paint.red('what failed'),
          ...printable(record.error)
            .split('\n')
            .map((line) => `  ${line}`),
        ]
      : []),
    ...failed.flatMap((node) => {
      const log = logOf(folder, node)
      return log === undefined || record.error?.includes(log)
        ? []
        : [`  log of ${printableLine(node.label)}: ${printableLine(log)}`]
    }),
    ...(status === 'killed'
      ? [paint.red('its process ended without an end of its own: killed, or the machine went down')]
      : []),
    ...(status === 'interrupted' || status === 'killed' ? [`go on with: ${again}`] : []),
  ]
}

export const showRun = (run: OpenRun, columns: number, paint: Paint): ReadonlyArray<string> => {
  const { folder } = run
  const record = printableValues(run.record)
  const settings = settingsOf(record)
  const data = Object.entries(record.datasets).map(
    ([name, { layout, digest }]) =>
      `${name}: ${layout}${layout === 'phantom' ? '' : `, contents ${digest.slice(0, 12)}`}`,
  )
  const facts = alignColumns([
    ['status', statusPaint(statusOf(record), paint)],
    [
      'started',
      `${record.started.slice(0, 19).replace('T', ' ')} UTC${record.seconds === null ? '' : `, took ${formatSeconds(record.seconds)}`}`,
    ],
    ['command', record.command.length === 0 ? '(by a program)' : printable(shellWords(run.record.command))],
    [
      'preset',
      `${record.preset}, seed ${record.seed}${Object.keys(record.axes).length > 0 ? `, ${axesOf(record)}` : ''}`,
    ],
    ['data', data.join('; ') || '(none)'],
    ['store', record.store],
    ['machine', machineText(record.fingerprint)],
  ])
  const rows = record.nodes.map((node) => [
    `  ${node.label}`,
    node.status,
    timeOf(node),
    node.key?.slice(0, 12) ?? '',
    whyOf(node),
  ])
  const [head, ...stages] = alignColumns(
    [['  stage', 'state', 'time', 'key', 'why it was computed'], ...rows],
    ['left', 'left', 'right'],
  ).map((line) => cut(line, columns))
  const results = Object.entries(record.results).map(([name, list]) => [
    `  ${name}`,
    list[0]?.kind ?? '',
    list.map(({ node, port }) => `${node}.${port}`).join(', ') || '(none)',
  ])
  const metrics = printableValues(run.metrics())
  const main = metrics === undefined ? {} : mainOfRecord(metrics, mostMetrics)
  const more = Object.keys(metrics ?? {}).length - Object.keys(main).length
  const report = join(folder, 'report/index.html')
  return [
    paint.bold(record.run),
    paint.dim(printableLine(folder)),
    ...facts,
    ...failureLines(run, paint),
    '',
    paint.bold(settings.length === 0 ? 'Settings: the defaults' : 'Settings that are not the defaults'),
    ...alignColumns(settings.map(([name, value, source]) => [`  ${name}`, value, source])).map((line) =>
      cut(line, columns),
    ),
    '',
    paint.bold('Stages'),
    paint.dim(head!),
    ...stages.map((line, i) =>
      line.replace(/(?<=^\s+\S+\s+)\S+/, (word) =>
        word === record.nodes[i]!.status ? statusPaint(word, paint) : word,
      ),
    ),
    ...(results.length > 0
      ? ['', paint.bold('Results'), ...alignColumns(results).map((line) => cut(line, columns))]
      : []),
    ...(Object.keys(main).length > 0
      ? [
          '',
          paint.bold('Main metrics'),
          ...metricsTable(main, paint),
          ...(more > 0 ? [paint.dim(`${more} more: ${commandLine(`metrics ${record.run}`)}`)] : []),
        ]
      : []),
    ...(existsSync(report) ? ['', `report   ${printableLine(report)}`] : []),
  ]
}
