// `radiograft run --help`: the flags; with a pipeline also what can be set in it.
import type { AnyPipeline, Datasets, Params } from '@radiograft/pipeline'
import { helpText } from '../arguments/helpText.ts'
import { findPipelineFile, loadPipeline, pipelineNames } from '../files/pipelineFile.ts'
import type { Terminal } from '../Terminal.ts'
import { alignColumns } from '../text/alignColumns.ts'
import type { Paint } from '../text/paint.ts'
import { runTable } from './runTable.ts'

const variables: ReadonlyArray<ReadonlyArray<string>> = [
  ['  MLFLOW_TRACKING_URI', 'an MLflow server that runs are sent to, such as http://127.0.0.1:5000'],
  ['  MLFLOW_TRACKING_USERNAME, …_PASSWORD', 'for a server that asks who sends; or MLFLOW_TRACKING_TOKEN'],
  ['  MLFLOW_EXPERIMENT_NAME', 'the experiment there; without it the pipeline’s name'],
  ['  NO_COLOR', 'no colours'],
]

const pipelineLines = async (pipeline: AnyPipeline, paint: Paint): Promise<ReadonlyArray<string>> => {
  const { resolvePipeline } = await import('@radiograft/pipeline')
  const { nodes } = resolvePipeline(pipeline)
  const params = pipeline.params as Readonly<Record<string, string | number | boolean>>
  const docs = pipeline.paramDocs as Readonly<Record<string, string>>
  const presets = pipeline.presets as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const datasets = Object.entries(pipeline.datasets as Datasets)
  const stages = new Map(nodes.flatMap((node) => (node.stage ? [[node.id, node] as const] : [])))
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return [
    `${paint.bold(pipeline.name)}: ${pipeline.doc}`,
    '',
    paint.bold('Data (--data <name>=<folder>)'),
    ...alignColumns(
      datasets.map(([name, kind]) => [
        `  ${name}`,
        'optional' in kind ? 'nothing' : 'the phantom',
        'where none is given',
      ]),
    ),
    '',
    paint.bold('Parameters (--set <name>=<value>)'),
    ...alignColumns(Object.entries(params).map(([name, value]) => [`  ${name}`, text(value), docs[name] ?? ''])),
    '',
    paint.bold('Presets (--preset <name>)'),
    ...alignColumns(
      Object.entries(presets).map(([name, { axes, ...changes }]) => [
        `  ${name}`,
        [...Object.entries(changes), ...Object.entries(axes ?? {})]
          .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join(',') : text(value)}`)
          .join(' ') || '(the defaults)',
      ]),
    ),
    '',
    paint.bold('Axes (--set <name>=<value>[,<value>…])'),
    ...alignColumns(
      Object.entries(pipeline.axes as Readonly<Record<string, ReadonlyArray<unknown>>>).map(([name, values]) => [
        `  ${name}`,
        values.map(text).join(', '),
      ]),
    ),
    '',
    paint.bold('Stages (--set <stage>.<parameter>=<value>)'),
    ...[...stages].flatMap(([id, node]) => [
      `  ${paint.cyan(id)}  ${node.stage!.doc}`,
      ...alignColumns(
        Object.entries(node.stage!.params as Params).map(([name, { doc, source, row, default: value }]) => [
          `    ${name}`,
          text(value),
          `${doc} (${source}${row === undefined ? '' : `, ${row}`})`,
        ]),
      ),
    ]),
  ]
}

export const runHelp = async (name: string | undefined, terminal: Terminal): Promise<number> => {
  const { findWorkspace } = await import('@radiograft/runner')
  const { root } = findWorkspace(process.cwd())
  const { paint } = terminal
  const about =
    name === undefined
      ? [
          `Pipelines here: ${pipelineNames(root).join(', ') || '(none)'}. With one of them, --help says what can be set in it.`,
        ]
      : await pipelineLines(await loadPipeline(await findPipelineFile(name, root)), paint)
  const environment = [paint.bold('Environment'), ...alignColumns(variables), '']
  terminal.out(`${[helpText(runTable), ...environment, ...about].join('\n')}\n`)
  return 0
}
