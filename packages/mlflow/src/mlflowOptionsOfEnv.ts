// The credentials that MLflow's own clients read from the environment.
import type { MlflowOptions } from './MlflowOptions.ts'

const names = {
  token: 'MLFLOW_TRACKING_TOKEN',
  username: 'MLFLOW_TRACKING_USERNAME',
  password: 'MLFLOW_TRACKING_PASSWORD',
} as const

/** @default of `env` is process.env. A variable that is empty counts as not set. */
export const mlflowOptionsOfEnv = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): Pick<MlflowOptions, 'token' | 'username' | 'password'> =>
  Object.fromEntries(Object.entries(names).flatMap(([option, name]) => (env[name] ? [[option, env[name]]] : [])))
