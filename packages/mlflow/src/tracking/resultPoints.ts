// metrics.json of a run → points of the pipeline's run: each value, and the ends of its interval as `….low` and `….high`:
// a slash there would make a section of its own of each metric on MLflow's page.
import type { MetricPoint } from '../Run.ts'
import { mlflowName } from './mlflowName.ts'

/** What metrics.json holds by `<arm>/<part>/<metric>`. */
export type ResultMetrics = Readonly<
  Record<string, { readonly value: number | null; readonly low: number | null; readonly high: number | null }>
>

/** Two names that become one in MLflow's letters are both kept, the later one as `<name>-2`. What is null is left out. */
export const resultPoints = (metrics: ResultMetrics, timestamp: number): ReadonlyArray<MetricPoint> => {
  const taken = new Set<string>()
  return Object.entries(metrics).flatMap(([name, { value, low, high }]) => {
    const wanted = mlflowName(name)
    let free = wanted
    for (let i = 2; taken.has(free); i++) free = `${wanted}-${i}`
    taken.add(free)
    const parts: ReadonlyArray<readonly [string, number | null]> = [
      [free, value],
      [`${free}.low`, low],
      [`${free}.high`, high],
    ]
    return parts.flatMap(([key, number]) => (number === null ? [] : [{ key, value: number, timestamp, step: 0 }]))
  })
}
