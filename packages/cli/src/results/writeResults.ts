// Writes what a reader opens into the run folder: metrics.json, figures/, report/.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '@radiograft/artefact-store'
import { renderReport } from '@radiograft/report'
import type { Plan, RunResult } from '@radiograft/runner'
import { metricsJson } from './metricsRecord.ts'
import { readResults } from './readResults.ts'
import type { Results } from './readResults.ts'
import { reportInputOf } from './reportInputOf.ts'
import { writeReport } from './writeReport.ts'

const extensions = { 'image/png': 'png', 'image/svg+xml': 'svg' } as const

export interface Written {
  readonly results: Results
  readonly metrics: string
  readonly report: string
}

export const writeResults = async (folder: string, store: Store, plan: Plan, run: RunResult): Promise<Written> => {
  const results = await readResults(store, run.results)
  const metrics = join(folder, 'metrics.json')
  writeFileSync(metrics, metricsJson(results.metrics.flat()))
  mkdirSync(join(folder, 'figures'), { recursive: true })
  for (const { name, figure } of results.figures)
    writeFileSync(join(folder, 'figures', `${name}.${extensions[figure.mediaType]}`), figure.bytes)
  const report = writeReport(join(folder, 'report'), renderReport(await reportInputOf(store, plan, run, results)))
  return { results, metrics, report }
}
