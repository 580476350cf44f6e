// The networks that a run made → what their model cards are written from. Headers and small tables are read, no weights.
import type { Store } from '@radiograft/artefact-store'
import { Cohort, Labels, Provenance, Split } from '@radiograft/pipeline'
import type { CohortRow, ProvenanceRow } from '@radiograft/pipeline'
import type { ReportInput } from '@radiograft/report'
import type { RunResult } from '@radiograft/runner'
import { countPatients, countPositives } from './countFilms.ts'
import { makesNetwork } from './judgedArms.ts'
import type { Arm } from './judgedArms.ts'
import { networkHeader } from './networkHeader.ts'
import type { RunGraph, RunNode } from './runGraph.ts'
import type { ReadTable } from './tableReader.ts'

type Model = ReportInput['models'][number]

const seenBy = async (graph: RunGraph, { label, manifest }: RunNode, read: ReadTable): Promise<Model['seen']> => {
  const provenance = Object.values(manifest.outputs).find(({ kind }) => kind === Provenance.kind)
  if (!provenance) return []
  const [split, cohort, labels] = [Split, Cohort, Labels].map(({ kind }) => graph.nearest(label, kind))
  const partOf = new Map((split ? await read(Split, split) : []).map(({ film, part }) => [film, part]))
  const people = new Map<string, CohortRow>((cohort ? await read(Cohort, cohort) : []).map((row) => [row.film, row]))
  const targets = labels ? new Map((await read(Labels, labels)).map((row) => [row.film, row])) : undefined
  const groups = new Map<string, ProvenanceRow[]>()
  for (const row of await read(Provenance, provenance)) {
    const key = JSON.stringify([row.product, row.role, partOf.get(row.film) ?? ''])
    const own = groups.get(key)
    if (own) own.push(row)
    else groups.set(key, [row])
  }
  return [...groups].map(([key, rows]) => {
    const [product, role, part] = JSON.parse(key) as [string, string, string]
    const films = [...new Set(rows.map(({ film }) => film))]
    const patients = countPatients(films.map((film) => people.get(film)))
    return { product, role, part, films: films.length, patients, positives: countPositives(films, targets) }
  })
}

/** Names as `readResults` gives them: `curves-2` where a name has several. */
const curvesOf = (graph: RunGraph, label: string, results: RunResult['results']): ReadonlyArray<string> =>
  Object.entries(results).flatMap(([result, list]) =>
    list.flatMap(({ node, kind }, i) => {
      const draws = graph.byLabel.get(node)?.inputs.some((input) => input.kind === 'series' && input.from === label)
      return kind.kind === 'figure' && draws ? [list.length === 1 ? result : `${result}-${i + 1}`] : []
    }),
  )

/** Layouts of the data sets behind it; films that no data set gave were rendered. */
const layoutsOf = (graph: RunGraph, label: string, datasets: ReportInput['datasets']): ReadonlyArray<string> => {
  const read = [...graph.behind(label)].flatMap((at) => graph.byLabel.get(at)?.inputs ?? [])
  const names = new Set(read.filter(({ kind }) => kind === 'dataset').map(({ from }) => from))
  const layouts = datasets.filter(({ name }) => names.has(`dataset:${name}`)).map(({ layout }) => layout)
  return layouts.length > 0 ? [...new Set(layouts)] : [...new Set(datasets.map(({ layout }) => layout))]
}

export const modelsOf = async (
  store: Store,
  graph: RunGraph,
  read: ReadTable,
  given: {
    readonly arms: ReadonlyArray<Arm>
    readonly results: RunResult['results']
    readonly datasets: ReportInput['datasets']
  },
): Promise<ReadonlyArray<Model>> => {
  const makers = graph.nodes.filter(makesNetwork)
  const models: Model[] = []
  for (const maker of makers) {
    const { label, manifest } = maker
    const seen = await seenBy(graph, maker, read)
    for (const [port, artefact] of Object.entries(manifest.outputs)) {
      if (artefact.kind !== 'network') continue
      const header = networkHeader(store, artefact)
      models.push({
        stage: label,
        port,
        architecture: header?.architecture ?? '',
        parameters: header?.parameters ?? null,
        seed: manifest.keyParts.seed,
        runtime: manifest.keyParts.runtime,
        machine: manifest.fingerprint,
        seen,
        arms: [...new Set(given.arms.filter(({ networks }) => networks.includes(label)).map(({ name }) => name))],
        builtOn: makers.flatMap((other) =>
          other.label !== label && graph.behind(other.label).has(label) ? [other.label] : [],
        ),
        curves: curvesOf(graph, label, given.results),
        layouts: layoutsOf(graph, label, given.datasets),
      })
    }
  }
  return models
}
