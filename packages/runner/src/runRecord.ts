// run.json from a plan: everything that was resolved, before anything happens.
import { processMark } from '@radiograft/artefact-store'
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import type { AnyRef } from '@radiograft/pipeline'
import type { Plan, PlannedNode } from './Plan.ts'

const nodeRecord = (planned: PlannedNode, labels: ReadonlyMap<string, string>): RunRecordNode => {
  const { node, status } = planned
  const stage = node.stage!
  return {
    label: node.label,
    id: node.id,
    stage: stage.name,
    doc: stage.doc,
    rows: stage.rows ?? [],
    resource: stage.resource,
    cells: node.cells,
    params: node.params,
    paramSources: node.paramSources,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([port, value]) => [
        port,
        [value].flat().map((ref: AnyRef) => labels.get(ref.node.identity)!),
      ]),
    ),
    status: 'pending',
    reason: status._tag === 'miss' ? status.reason : '',
    key: null,
    seconds: null,
    log: null,
  }
}

export const initialRecord = (
  plan: Plan,
  run: string,
  given: { readonly command: ReadonlyArray<string>; readonly started: Date; readonly store: string },
): RunRecord => {
  const { pipeline } = plan
  const labels = new Map(
    pipeline.nodes.map((node) => [node.identity, node.dataset ? `dataset:${node.dataset.name}` : node.label]),
  )
  const versions: Record<string, string> = { node: process.versions.node }
  for (const code of plan.code.values()) Object.assign(versions, code.versions)
  return {
    format: 1,
    run,
    pipeline: pipeline.name,
    doc: pipeline.doc,
    preset: pipeline.preset,
    status: 'running',
    command: given.command,
    seed: pipeline.seed,
    params: pipeline.params,
    axes: pipeline.axes,
    datasets: Object.fromEntries(
      Object.entries(pipeline.datasets).map(([name, { layout }]) => [
        name,
        { layout, digest: plan.datasets[name] ?? '' },
      ]),
    ),
    nodes: plan.nodes.map((planned) => nodeRecord(planned, labels)),
    results: {},
    notBuilt: pipeline.notBuilt,
    versions,
    fingerprint: plan.fingerprint,
    store: given.store,
    process: processMark(),
    started: given.started.toISOString(),
    seconds: null,
    error: null,
  }
}
