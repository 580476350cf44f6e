/**
 * @radiograft/mlflow/tracking: carries the journal of a Radiograft run to an MLflow server, while it runs or later.
 *
 * ```ts
 * import { startTracking } from '@radiograft/mlflow/tracking'
 *
 * const tracking = startTracking({ folder, uri: 'http://127.0.0.1:5000', privacyOf })
 * // … the run …
 * console.log(await tracking.finish())
 * ```
 */

// while a run goes on
export { startTracking } from './startTracking.ts'
export type { Tracked, Tracking, TrackingGiven } from './startTracking.ts'

// later
export { isUnsent } from './isUnsent.ts'
export { syncRun } from './syncRun.ts'
export type { Synced, SyncGiven } from './syncRun.ts'

// whom its texts must not name
export type { Privacy } from './Privacy.ts'
