// A stage of a run for people: its parameters, inputs and outputs, what is beneath its key, how it went.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { machineText } from '@radiograft/artefact-store'
import type { Manifest } from '@radiograft/artefact-store'
import type { OpenRun, OpenStage } from '../open/openRun.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { stepOf } from '../text/stepOf.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import { printable, printableLine } from '../text/printable.ts'
import { printableValues } from '../text/printableValues.ts'
import { countOf } from './countOf.ts'
import { cellText, cut } from './tableLines.ts'

/** Lines of the log, unless --rows says otherwise. */
const logLines = 20
/** Modules beneath the code's digest. */
const mostModules = 12

/** Where its log lies: in this run, or in that which computed it. */
const logOf = (run: OpenRun, { record }: OpenStage, manifest: Manifest | undefined): string | undefined => {
  if (record.log !== null) return join(run.folder, record.log)
  if (!manifest) return undefined
  const name =
    manifest.node === record.id ? record.label.replaceAll(/[^A-Za-z0-9.=_-]+/g, '-').slice(0, 150) : manifest.node
  // the runs beside this one, and beside the store that both share
  return [dirname(run.folder), join(dirname(run.record.store), 'runs'), join(dirname(run.record.store), 'only')]
    .map((runs) => join(runs, manifest.run, 'logs', `${name}.log`))
    .find(existsSync)
}

/** The end of a log; the middle of a line that a progress bar drew again and again is left out. */
export const logTail = (text: string, most: number): ReadonlyArray<string> =>
  text
    .split('\n')
    .map((line) => printable(line.slice(line.lastIndexOf('\r', line.length - 2) + 1).trimEnd()))
    .filter((line) => line !== '')
    .slice(-most)

/** The parts of a computation that was resumed: where each began, in which run, on which machine. */
const partRows = ({ parts = [], fingerprint }: Manifest): ReadonlyArray<ReadonlyArray<string>> =>
  parts.map(({ from, run, fingerprint: own }, i) => {
    const where = machineText(own) === machineText(fingerprint) ? '' : `, on ${machineText(own)}`
    const how = from === 0 ? 'begun' : `resumed at step ${from}`
    return [i === 0 ? '  in parts' : '', `${how} in run ${run}${where}`]
  })

const keyLines = (manifest: Manifest, paint: Paint): ReadonlyArray<string> => {
  const { keyParts, modules, versions, fingerprint } = manifest
  const { runtime } = keyParts
  const files = Object.keys(modules)
  const packages = Object.entries(versions).filter(([name]) => !/\/node_modules\/|^@types\//.test(name))
  return [
    paint.bold('Beneath its key'),
    ...alignColumns([
      ['  key', manifest.key],
      ['  code', `${keyParts.code.slice(0, 12)}, ${files.length} module${files.length === 1 ? '' : 's'}`],
      ['  seed', String(keyParts.seed)],
      [
        '  runtime',
        runtime === null ? 'none: it uses no tensors' : `${runtime.backend} ${runtime.version}, ${runtime.precision}`,
      ],
      ...(keyParts.salt === '' ? [] : [['  salt', keyParts.salt]]),
      [
        '  versions',
        packages
          .map(([name, version]) => `${name} ${version}`)
          .slice(0, 8)
          .join(', ') + (packages.length > 8 ? `, and ${packages.length - 8} more` : ''),
      ],
      ['  computed on', `${machineText(fingerprint)}, ${fingerprint.platform} ${fingerprint.arch}`],
      ...partRows(manifest),
      [
        '  by run',
        `${manifest.run}, ${manifest.started.slice(0, 19).replace('T', ' ')} UTC, in ${formatSeconds(manifest.seconds)}`,
      ],
    ]),
    ...files.slice(0, mostModules).map((file) => paint.dim(`    ${modules[file]!.slice(0, 12)}  ${file}`)),
    ...(files.length > mostModules
      ? [paint.dim(`    and ${files.length - mostModules} more (--json lists them)`)]
      : []),
  ]
}

/** The manifest, or undefined with the reason where there is none. */
const manifestOf = async (stage: OpenStage): Promise<Manifest | string> => {
  try {
    return await stage.manifest()
  } catch (error) {
    if ((error as { readonly _tag?: unknown })._tag === 'StageNotKeptError') return (error as Error).message
    throw error
  }
}

export const showStage = async (
  run: OpenRun,
  stage: OpenStage,
  columns: number,
  paint: Paint,
  rows: number = logLines,
): Promise<ReadonlyArray<string>> => {
  const record = printableValues(stage.record)
  const manifest = printableValues(await manifestOf(stage))
  const known = typeof manifest === 'string' ? undefined : manifest
  const cutAll = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.map((line) => cut(line, columns))
  const params = Object.entries(record.params).map(([name, value]) => [
    `  ${name}`,
    cellText(typeof value === 'number' ? String(value) : value),
    record.paramSources[name] ?? 'default',
  ])
  // by this run's wiring: a manifest that was kept names the keys of its own makers
  const places = new Map<string, number>()
  const inputs = known
    ? known.provenance.map(({ port, from, output, digest }) => {
        const place = places.get(port) ?? 0
        places.set(port, place + 1)
        const source = record.inputs[port]?.[place] ?? from
        return [`  ${port}`, source.startsWith('dataset:') ? source : `${source}.${output}`, digest.slice(0, 12)]
      })
    : Object.entries(record.inputs).flatMap(([port, from]) => from.map((label) => [`  ${port}`, label, '']))
  const outputs = known
    ? (await stage.outputs()).map((output) => [
        `  ${printableLine(output.port)}`,
        printableLine(output.kind),
        countOf(output),
        formatBytes(output.bytes),
        output.digest.slice(0, 12),
      ])
    : []
  const metrics = Object.entries(known?.metrics ?? {})
  const log = logOf(run, stage, typeof manifest === 'string' ? undefined : await stage.manifest())
  const tail = log !== undefined && existsSync(log) ? logTail(readFileSync(log, 'utf8'), rows) : []
  return [
    `${paint.bold(record.label)}  ${paint.dim(`stage ${record.stage}, ${record.resource}${record.rows.length > 0 ? `, rows ${record.rows.join(', ')}` : ''}`)}`,
    record.doc,
    `${record.status}${record.reason === '' ? '' : `: ${record.reason}`}${record.resumedAt === undefined ? '' : `, resumed at step ${record.resumedAt}`}${record.seconds === null ? '' : `, ${formatSeconds(record.seconds)}`}`,
    ...(record.kept ? [`kept: ${stepOf(record.kept.step, record.kept.total)}; the same command goes on there`] : []),
    ...(typeof manifest === 'string' ? [paint.yellow(manifest)] : []),
    '',
    paint.bold('Parameters'),
    ...(params.length > 0 ? cutAll(alignColumns(params)) : ['  (none)']),
    '',
    paint.bold('Inputs'),
    ...(inputs.length > 0 ? cutAll(alignColumns(inputs)) : ['  (none)']),
    ...(outputs.length > 0
      ? ['', paint.bold('Outputs'), ...cutAll(alignColumns(outputs, ['left', 'left', 'right', 'right']))]
      : []),
    ...(metrics.length > 0
      ? [
          '',
          paint.bold('Metrics, as last told'),
          ...alignColumns(metrics.map(([name, value]) => [`  ${name}`, formatNumber(value)])),
        ]
      : []),
    ...(known ? ['', ...cutAll(keyLines(known, paint))] : []),
    '',
    paint.bold('Log'),
    ...(log === undefined
      ? ['  (none is kept)']
      : [
          paint.dim(`  ${printableLine(log)}`),
          ...cutAll(tail.map((line) => `  ${line}`)),
          ...(tail.length === 0 ? ['  (nothing was printed)'] : []),
        ]),
  ]
}
