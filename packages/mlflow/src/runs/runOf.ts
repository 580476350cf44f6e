// A run as the server writes it, as a value. Used by all that read runs.
import { fieldsOf, integerOr, lifecycleOf, listOf, pairsOf, ShapeError, textOf, textOr } from '../answers/shape.ts'
import type { Fields } from '../answers/shape.ts'
import { runStatuses, type DatasetInput, type MetricPoint, type Run, type RunInfo, type RunStatus } from '../Run.ts'

/** NaN comes as a text, and an infinity as the largest number that the database holds. */
const numberOf = (value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || (Number.isNaN(number) && value !== 'NaN'))
    throw new ShapeError('value', 'a number', value)
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Infinity : number
}

/** Steps and times of 0 may be left out. */
export const pointOf = (fields: Fields): MetricPoint => ({
  key: textOf(fields, 'key'),
  value: numberOf(fields['value']),
  timestamp: integerOr(fields, 'timestamp', 0),
  step: integerOr(fields, 'step', 0),
})

const statusOf = (fields: Fields): RunStatus => {
  const status = textOf(fields, 'status')
  if (!(runStatuses as ReadonlyArray<string>).includes(status))
    throw new ShapeError('status', 'a status of runs', status)
  return status as RunStatus
}

export const runInfoOf = (fields: Fields): RunInfo => {
  // a run that has not ended has no end, or 0
  const endTime = integerOr(fields, 'end_time', 0)
  return {
    runId: textOf(fields, 'run_id'),
    experimentId: textOf(fields, 'experiment_id'),
    name: textOr(fields, 'run_name', ''),
    status: statusOf(fields),
    startTime: integerOr(fields, 'start_time', 0),
    ...(endTime > 0 && { endTime }),
    lifecycle: lifecycleOf(fields),
    artifactUri: textOr(fields, 'artifact_uri', ''),
  }
}

/** Source, schema and profile are JSON within JSON; one that another client wrote as plain text is kept under `text`. */
const embedded = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return fieldsOf(JSON.parse(text), 'it')
  } catch {
    return { text }
  }
}

const datasetOf = (input: Fields): DatasetInput => {
  const dataset = fieldsOf(input['dataset'], 'dataset')
  const context = pairsOf(input, 'tags')['mlflow.data.context']
  const optional = ['schema', 'profile'].flatMap((name) => {
    const text = textOr(dataset, name, '')
    return text === '' ? [] : [[name, embedded(text)]]
  })
  return {
    name: textOf(dataset, 'name'),
    digest: textOf(dataset, 'digest'),
    sourceType: textOr(dataset, 'source_type', ''),
    source: embedded(textOr(dataset, 'source', '{}')),
    ...(Object.fromEntries(optional) as Pick<DatasetInput, 'schema' | 'profile'>),
    ...(context !== undefined && { context }),
  }
}

export const runOf = (fields: Fields): Run => {
  const data = fieldsOf(fields['data'] ?? {}, 'data')
  return {
    ...runInfoOf(fieldsOf(fields['info'], 'info')),
    metrics: Object.fromEntries(listOf(data, 'metrics', pointOf).map((point) => [point.key, point])),
    params: pairsOf(data, 'params'),
    tags: pairsOf(data, 'tags'),
    inputs: listOf(fieldsOf(fields['inputs'] ?? {}, 'inputs'), 'dataset_inputs', datasetOf),
  }
}
