/**
 * @radiograft/cli: the `radiograft` command: run, metrics, doctor.
 *
 * ```ts
 * import { main, processTerminal } from '@radiograft/cli'
 * process.exitCode = await main(['run', 'granet', '--preset', 'quick'], processTerminal(), new AbortController().signal)
 * ```
 */
export { main } from './main.ts'
export { processTerminal } from './Terminal.ts'
export type { Terminal } from './Terminal.ts'

// what a run folder holds
export { metricsJson, metricsRecord } from './results/metricsRecord.ts'
export type { MetricRecord, MetricsRecord } from './results/metricsRecord.ts'
