import { expect, it } from '@jest/globals'
import { mlflowOptionsOfEnv } from './mlflowOptionsOfEnv.ts'

it("reads the variables of MLflow's own clients, and takes empty ones for none", () => {
  const env = { MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: 'p', MLFLOW_TRACKING_TOKEN: '', OTHER: 'x' }
  expect(mlflowOptionsOfEnv(env)).toEqual({ username: 'u', password: 'p' })
  expect(mlflowOptionsOfEnv({ MLFLOW_TRACKING_TOKEN: 't' })).toEqual({ token: 't' })
})
