// A real MLflow server for the tests of one file, with a client of it and a folder for its runs; and a cohort of nobody.
import { afterAll, beforeAll } from '@jest/globals'
import { mlflowServer } from '@radiograft/testing'
import type { MlflowServer } from '@radiograft/testing'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeMlflowClient } from '../MlflowClient.ts'
import type { MlflowClient } from '../MlflowClient.ts'
import type { Privacy } from '../tracking/Privacy.ts'

export interface RealServer {
  readonly server: MlflowServer
  readonly client: MlflowClient
  /** removed at the end */
  readonly runs: string
}

/** Its fields are there once the tests run. */
export const realServer = (): RealServer => {
  const real = {} as { -readonly [field in keyof RealServer]: RealServer[field] }
  beforeAll(async () => {
    real.server = await mlflowServer()
    real.client = makeMlflowClient(real.server.uri)
    real.runs = mkdtempSync(join(tmpdir(), 'radiograft-tracked-'))
  })
  afterAll(async () => {
    await real.server.stop()
    rmSync(real.runs, { recursive: true })
  })
  return real
}

export const nobody: Privacy = { learn: async () => {}, whom: () => 'nobody', clean: (text) => text }
