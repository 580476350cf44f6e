/**
 * @radiograft/cli: the `radiograft` command, and runs opened from a script.
 *
 * ```ts
 * import { main, openRun, processTerminal } from '@radiograft/cli'
 * process.exitCode = await main(['run', 'granet', '--preset', 'quick'], processTerminal(), new AbortController().signal)
 *
 * const run = await openRun('.radiograft/runs/latest')
 * const boxes = await (await run.stage('read').output('boxes')).table()
 * ```
 */
export { main } from './main.ts'
export { processTerminal } from './Terminal.ts'
export type { Terminal } from './Terminal.ts'

// what `run --json` prints
export type { RunJsonEvent } from './progress/RunJsonEvent.ts'

// what a run folder holds
export { metricsJson, metricsRecord } from './results/metricsRecord.ts'
export type { MetricRecord, MetricsRecord } from './results/metricsRecord.ts'

// a run, opened: its record, its stages, what they made
export { openRun } from './open/openRun.ts'
export type { OpenRun, OpenRunOptions, OpenStage } from './open/openRun.ts'
export type { OpenOutput, Verified } from './open/OpenOutput.ts'
export { RunRecordError, SeveralArmsError, StageNotKeptError } from './open/errors.ts'
