// The per-film scores of a run, by arm, with what the models behind them have seen. Patients' ids are read as they are and
// shown to nobody: they pair films and find leaks.
import type { Manifest } from '@radiograft/artefact-store'
import { readArtefact } from '@radiograft/artefact-store'
import { Cohort, Labels, Network, Provenance, Scores } from '@radiograft/pipeline'
import type { OpenRun, OpenStage } from '../open/openRun.ts'
import type { MetricsCommands, ScoredArm, ScoredPart, ScoringNode } from './metricsCommands.ts'

/** Manifests of the stages that have one. */
const manifestsOf = async (run: OpenRun): Promise<ReadonlyMap<string, Manifest>> => {
  const found = new Map<string, Manifest>()
  for (const stage of run.stages) {
    const manifest = await kept(stage)
    if (manifest) found.set(stage.label, manifest)
  }
  return found
}
const kept = async (stage: OpenStage): Promise<Manifest | undefined> => {
  try {
    return await stage.manifest()
  } catch (error) {
    if ((error as { readonly _tag?: unknown })._tag === 'StageNotKeptError') return undefined
    throw error
  }
}

/** Labels of a stage and of all that it was computed from. By this run's wiring: a manifest that was kept names its makers' keys. */
const above = (label: string, run: OpenRun): ReadonlyArray<string> => {
  const inputsOf = new Map(run.record.nodes.map((node) => [node.label, Object.values(node.inputs).flat()]))
  const found = new Set([label])
  // a Set is walked in the order of insertion, what is added on the way included
  for (const one of found) for (const source of inputsOf.get(one) ?? []) found.add(source)
  return [...found]
}

/** Scores of each arm, in the order in which the run compares them. */
export const scoredArms = async (run: OpenRun, commands: MetricsCommands): Promise<ReadonlyArray<ScoredArm>> => {
  const manifests = await manifestsOf(run)
  const scoresOf = (label: string): ReadonlyArray<string> =>
    Object.entries(manifests.get(label)?.outputs ?? {}).flatMap(([port, { kind }]) =>
      kind === Scores.kind ? [port] : [],
    )
  const nodes = run.record.nodes.map(({ label, stage, params, inputs }): ScoringNode => ({
    label,
    stage,
    params,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([port, sources]) => [
        port,
        // a stage has one port of scores; where it has not been computed yet, the one it will be called by
        sources.map((node) => ({ node, port: scoresOf(node)[0] ?? 'scores' })),
      ]),
    ),
    scores: scoresOf(label),
  }))
  const { blobs } = run.store
  const partOf = async (label: string, port: string): Promise<ScoredPart> => {
    const manifest = manifests.get(label)!
    const films = new Map<string, string>()
    const seen: Array<NonNullable<ScoredPart['seen']>[number]> = []
    let told = false
    const sources = above(label, run).filter((source) => !source.startsWith('dataset:'))
    // of a stage whose manifest is gone nobody knows what it made
    let learned = sources.some((source) => !manifests.has(source))
    for (const source of sources)
      for (const artefact of Object.values(manifests.get(source)?.outputs ?? {})) {
        if (artefact.kind === Network.kind) learned = true
        if (artefact.kind === Provenance.kind) {
          told = true
          for (const row of await readArtefact(blobs, Provenance, artefact)) seen.push(row)
        } else if (artefact.kind === Cohort.kind)
          for (const { film, patient, view, sex, age } of await readArtefact(blobs, Cohort, artefact))
            films.set(film, `${films.get(film) ?? ''}${patient}|${view}|${sex}|${age};`)
        else if (artefact.kind === Labels.kind)
          for (const row of await readArtefact(blobs, Labels, artefact))
            films.set(row.film, `${films.get(row.film) ?? ''}${row.class}|${row.target};`)
      }
    const rows = await readArtefact(blobs, Scores, manifest.outputs[port]!)
    return { rows, seen: told ? seen : learned ? undefined : [], films, model: told || learned }
  }
  const arms = new Map<string, ScoredPart[]>()
  for (const { arm, node, port } of commands.armsOf(nodes)) {
    // a score that came in from another store, or of a stage whose manifest is gone
    if (!manifests.get(node)?.outputs[port]) continue
    arms.set(arm, [...(arms.get(arm) ?? []), await partOf(node, port)])
  }
  return [...arms].map(([arm, parts]) => ({ arm, parts }))
}
