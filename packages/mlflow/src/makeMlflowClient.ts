// Puts the operations of a client together, over one way of sending.
import { readVersion } from './answers/readVersion.ts'
import { deleteArtifact, getArtifact, listArtifacts, putArtifact } from './artifacts/artifacts.ts'
import { logImage } from './artifacts/logImage.ts'
import { logTable } from './artifacts/logTable.ts'
import { checkOptions } from './checks/checkOptions.ts'
import type { Connection } from './Connection.ts'
import { experiment } from './experiments/experiment.ts'
import { deleteExperiment, getExperiment, searchExperiments, setExperimentTags } from './experiments/experiments.ts'
import { makeSend } from './http/makeSend.ts'
import { serverAddress } from './http/serverAddress.ts'
import { logBatch } from './logging/logBatch.ts'
import { logInputs } from './logging/logInputs.ts'
import type { MlflowClient } from './MlflowClient.ts'
import type { MlflowOptions } from './MlflowOptions.ts'
import * as versions from './models/modelVersions.ts'
import * as models from './models/registeredModels.ts'
import { createRun, deleteRun } from './runs/createRun.ts'
import { getRun, metricHistory, restoreRun, updateRun } from './runs/runs.ts'
import { findRun, searchRuns } from './runs/searchRuns.ts'

/**
 * @param uri `http://127.0.0.1:5000`, with the path under which a server may be served; `user:password@` in it is used
 * @throws MlflowValueError when the address or an option is none
 */
export const makeMlflowClient = (uri: string, options: MlflowOptions = {}): MlflowClient => {
  const { timeout, retries, backoff, fetch, idTag, longValues, artifactTimeout } = checkOptions(options)
  const address = serverAddress(uri, options)
  const send = makeSend(address, { timeout, retries, backoff, fetch }, options)
  const { signal } = options
  const connection: Connection = {
    send,
    idTag,
    longValues,
    retries,
    backoff,
    signal,
    artifactTimeout,
    artifactRoots: new Map(),
  }
  /** What is wrong with an argument rejects, like everything else. */
  const on =
    <Args extends ReadonlyArray<unknown>, A>(operation: (connection: Connection, ...args: Args) => Promise<A>) =>
    async (...args: Args): Promise<A> =>
      operation(connection, ...args)
  // tables of one run are listed in one tag, so they are logged one after the other
  let lastTable: Promise<unknown> = Promise.resolve()

  return {
    uri: address.uri,
    version: () => send({ method: 'GET', path: '/version', repeatable: true, read: readVersion }),
    experiment: on(experiment),
    getExperiment: on(getExperiment),
    searchExperiments: (search) => searchExperiments(connection, search),
    deleteExperiment: on(deleteExperiment),
    setExperimentTags: on(setExperimentTags),
    createRun: on(createRun),
    findRun: on(findRun),
    searchRuns: (search) => searchRuns(connection, search),
    getRun: on(getRun),
    metricHistory: async (runId, key) => metricHistory(connection, runId, key),
    updateRun: on(updateRun),
    deleteRun: on(deleteRun),
    restoreRun: on(restoreRun),
    logBatch: on(logBatch),
    setTags: async (runId, tags) => logBatch(connection, runId, { tags }),
    logInputs: on(logInputs),
    logImage: on(logImage),
    logTable: (run, path, table) => {
      const logged = lastTable.then(() => logTable(connection, run, path, table))
      lastTable = logged.catch(() => undefined)
      return logged
    },
    putArtifact: on(putArtifact),
    getArtifact: on(getArtifact),
    listArtifacts: on(listArtifacts),
    deleteArtifact: on(deleteArtifact),
    registeredModel: on(models.registeredModel),
    createModelVersion: on(versions.createModelVersion),
    getModelVersion: on(versions.getModelVersion),
    modelVersionByAlias: on(versions.modelVersionByAlias),
    searchModelVersions: (search) => versions.searchModelVersions(connection, search),
    setModelAlias: on(models.setModelAlias),
    setModelVersionTags: on(versions.setModelVersionTags),
    deleteModelVersion: on(versions.deleteModelVersion),
    deleteRegisteredModel: on(models.deleteRegisteredModel),
  }
}
