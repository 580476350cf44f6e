// Tracking of a run, where MLFLOW_TRACKING_URI names a server; nothing of it is loaded otherwise.
import type { RunTracking } from './runTracking.ts'

/** Nothing where no server is named. Rejects with `UsageError`. */
export const trackingOf = async (runs: string): Promise<RunTracking | undefined> => {
  if (!process.env['MLFLOW_TRACKING_URI']) return undefined
  const { trackingUri } = await import('./trackingUri.ts')
  const uri = trackingUri(process.env)
  return uri === undefined ? undefined : (await import('./runTracking.ts')).runTracking(uri, process.env, runs)
}
