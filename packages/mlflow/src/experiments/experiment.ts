// The experiment of a name, whatever state it is in and whoever else asks for it at the same moment.
import { readDone, readJson } from '../answers/readJson.ts'
import { textOf } from '../answers/shape.ts'
import { checkFilled } from '../checks/checks.ts'
import { api, type Connection } from '../Connection.ts'
import { MlflowRefusedError } from '../errors.ts'
import type { Experiment } from '../Experiment.ts'
import { readExperiment } from './experiments.ts'

/** `undefined` for a refusal with one of these codes: somebody else was faster, and the next look finds out. */
export const unless = async <A>(codes: ReadonlyArray<string>, asked: Promise<A>): Promise<A | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof MlflowRefusedError && codes.includes(error.errorCode)) return undefined
    throw error
  }
}

const byName = ({ send }: Connection, name: string): Promise<Experiment | undefined> =>
  unless(
    ['RESOURCE_DOES_NOT_EXIST'],
    send({
      method: 'GET',
      path: `${api}/experiments/get-by-name`,
      query: { experiment_name: name },
      repeatable: true,
      read: readExperiment,
    }),
  )

/** A second time it is refused as existing, so that a repeat after an unknown outcome is safe. */
const create = ({ send }: Connection, name: string): Promise<string | undefined> =>
  unless(
    ['RESOURCE_ALREADY_EXISTS'],
    send({
      method: 'POST',
      path: `${api}/experiments/create`,
      json: { name },
      repeatable: true,
      read: readJson((fields) => textOf(fields, 'experiment_id')),
    }),
  )

/** Refused when it is active by now. */
const restore = ({ send }: Connection, experimentId: string): Promise<void> =>
  unless(
    ['RESOURCE_DOES_NOT_EXIST', 'INVALID_PARAMETER_VALUE', 'INVALID_STATE'],
    send({
      method: 'POST',
      path: `${api}/experiments/restore`,
      json: { experiment_id: experimentId },
      repeatable: true,
      read: readDone,
    }),
  )

/** @returns its id */
export const experiment = async (connection: Connection, name: string): Promise<string> => {
  const checked = checkFilled('name', name, 500)
  for (let look = 0; ; look += 1) {
    const found = await byName(connection, checked)
    if (found?.lifecycle === 'active') return found.experimentId
    if (look === 5)
      throw new Error(`experiment '${checked}' is deleted or renamed as often as it is restored: look who else does so`)
    const made = found ? await restore(connection, found.experimentId) : await create(connection, checked)
    if (typeof made === 'string') return made
  }
}
