// Registered models: the names under which versions are counted.
import { readDone, readJson } from '../answers/readJson.ts'
import { fieldsOf } from '../answers/shape.ts'
import { checkText, checkVersion } from '../checks/checks.ts'
import { api, type Connection } from '../Connection.ts'
import { unless } from '../experiments/experiment.ts'
import type { RegisteredModel } from '../ModelVersion.ts'
import { checkAlias, checkModelName } from './checkModel.ts'
import { registeredModelOf } from './modelOf.ts'

const read = readJson((fields) => registeredModelOf(fieldsOf(fields['registered_model'], 'registered_model')))

const get = ({ send }: Connection, name: string): Promise<RegisteredModel> =>
  send({ method: 'GET', path: `${api}/registered-models/get`, query: { name }, repeatable: true, read })

export const registeredModel = async (
  connection: Connection,
  name: string,
  description?: string,
): Promise<RegisteredModel> => {
  const checked = checkModelName('name', name)
  const given = description === undefined ? {} : { description: checkText('description', description, 5000) }
  return (
    (await unless(['RESOURCE_DOES_NOT_EXIST'], get(connection, checked))) ??
    // a second time it is refused as existing, so that a repeat after an unknown outcome is safe
    (await unless(
      ['RESOURCE_ALREADY_EXISTS'],
      connection.send({
        method: 'POST',
        path: `${api}/registered-models/create`,
        json: { name: checked, ...given },
        repeatable: true,
        read,
      }),
    )) ??
    get(connection, checked)
  )
}

export const setModelAlias = ({ send }: Connection, name: string, alias: string, version: string): Promise<void> =>
  send({
    method: 'POST',
    path: `${api}/registered-models/alias`,
    json: {
      name: checkModelName('name', name),
      alias: checkAlias('alias', alias),
      version: checkVersion('version', version),
    },
    repeatable: true,
    read: readDone,
  })

export const deleteRegisteredModel = ({ send }: Connection, name: string): Promise<void> =>
  send({
    method: 'DELETE',
    path: `${api}/registered-models/delete`,
    json: { name: checkModelName('name', name) },
    repeatable: false,
    read: readDone,
  })
