// The datasets that a run read.
import { readDone } from '../answers/readJson.ts'
import { checkFilled, checkList, checkRecord, checkRunId, checkText } from '../checks/checks.ts'
import { lengthOf } from '../checks/characters.ts'
import { api, type Connection } from '../Connection.ts'
import { MlflowValueError } from '../errors.ts'
import type { DatasetInput } from '../Run.ts'
import { wireNumber } from './logBatch.ts'

/** Characters of JSON: what the database columns hold. */
const longest = { source: 65_535, schema: 1_048_575, profile: 16_777_215 } as const

/** The server takes these three as texts of JSON, and stores nothing at all of a dataset when one is not a text. */
const embedded = (name: keyof typeof longest, field: string, value: unknown): string => {
  const record = checkRecord(field, value)
  let text: string
  try {
    text = JSON.stringify(record, (_, inner: unknown) => (typeof inner === 'number' ? wireNumber(inner) : inner))
  } catch (cause) {
    throw new MlflowValueError(field, 'an object that JSON can hold', 'one with a cycle or a bigint', { cause })
  }
  if (text.length > longest[name])
    throw new MlflowValueError(field, `at most ${longest[name]} characters of JSON`, `${lengthOf(text)} of them`)
  return text
}

const wireInput = (given: unknown, i: number) => {
  const field = `datasets[${i}]`
  const { name, digest, sourceType, source, schema, profile, context } = checkRecord(field, given)
  return {
    tags:
      context === undefined ? [] : [{ key: 'mlflow.data.context', value: checkText(`${field}.context`, context, 500) }],
    dataset: {
      name: checkFilled(`${field}.name`, name, 500),
      digest: checkFilled(`${field}.digest`, digest, 36),
      source_type: checkFilled(`${field}.sourceType`, sourceType, 36),
      source: embedded('source', `${field}.source`, source),
      ...(schema !== undefined && { schema: embedded('schema', `${field}.schema`, schema) }),
      ...(profile !== undefined && { profile: embedded('profile', `${field}.profile`, profile) }),
    },
  }
}

/** One request for each: a profile alone may be of megabytes. */
export const logInputs = async (
  { send }: Connection,
  runId: string,
  datasets: ReadonlyArray<DatasetInput>,
): Promise<void> => {
  const run_id = checkRunId('runId', runId)
  for (const input of checkList('datasets', datasets).map(wireInput))
    await send({
      method: 'POST',
      path: `${api}/runs/log-inputs`,
      json: { run_id, datasets: [input] },
      repeatable: true,
      read: readDone,
    })
}
