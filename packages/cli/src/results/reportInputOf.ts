// A finished run → what the report is made from.
import { artefactBytes } from '@radiograft/artefact-store'
import type { Manifest, Store } from '@radiograft/artefact-store'
import type { Params, ResolvedNode, ResolvedPipeline } from '@radiograft/pipeline'
import type { ReportInput, ReportStage } from '@radiograft/report'
import type { Plan, RunResult } from '@radiograft/runner'
import type { Results } from './readResults.ts'

/** Whom the films are owed to, by layout. */
const owed: Readonly<Record<string, string>> = {
  phantom:
    'The films are phantoms: computed, of no patient. Numbers measured on them say how the method behaves, not how it would do in a clinic.',
  rsna:
    'Films: RSNA Pneumonia Detection Challenge (2018), labels by Shih et al., Radiology: AI 2019, 1:e180041; ' +
    'drawn from ChestX-ray8, Wang et al., CVPR 2017, provided by the NIH Clinical Center.',
  nih: 'Films: ChestX-ray14, Wang et al., CVPR 2017, provided by the NIH Clinical Center.',
  chexpert: 'Films: CheXpert, Irvin et al., AAAI 2019, Stanford ML Group; under its research use agreement.',
  classes: 'Films: a folder of classes of the user’s own; whom they are owed to is for its user to say.',
}

const stageOf = (
  node: ResolvedNode,
  manifest: Manifest,
  inputs: Readonly<Record<string, ReadonlyArray<string>>>,
): ReportStage => {
  const stage = node.stage!
  const declared = stage.params as Params
  return {
    label: node.label,
    stage: stage.name,
    doc: stage.doc,
    rows: stage.rows ?? [],
    key: manifest.key,
    seconds: manifest.seconds,
    params: Object.entries(node.params).map(([name, value]) => ({
      name,
      value,
      set: node.paramSources[name] ?? 'default',
      source: declared[name]?.source ?? 'ours',
      row: declared[name]?.row ?? '',
      doc: declared[name]?.doc ?? '',
    })),
    inputs,
    outputs: Object.fromEntries(
      Object.entries(manifest.outputs).map(([port, artefact]) => [
        port,
        { kind: artefact.kind, rows: artefact.rows, bytes: artefactBytes(artefact), digest: artefact.digest },
      ]),
    ),
  }
}

const datasetsOf = (plan: Plan, pipeline: ResolvedPipeline): ReportInput['datasets'] =>
  Object.entries(pipeline.datasets).map(([name, { layout }]) => ({ name, layout, digest: plan.datasets[name] ?? '' }))

export const reportInputOf = async (
  store: Store,
  plan: Plan,
  { record }: RunResult,
  results: Results,
): Promise<ReportInput> => {
  const { pipeline } = plan
  const nodes = new Map(pipeline.nodes.map((node) => [node.label, node]))
  const stages: ReportStage[] = []
  for (const { label, key, inputs } of record.nodes) {
    const node = nodes.get(label)
    const manifest = key === null ? undefined : await store.manifests.get(key)
    if (node && manifest) stages.push(stageOf(node, manifest, inputs))
  }
  const layouts = new Set(Object.values(pipeline.datasets).map(({ layout }) => layout))
  return {
    title: pipeline.name,
    doc: pipeline.doc,
    preset: pipeline.preset,
    seed: pipeline.seed,
    figures: results.figures,
    metrics: results.metrics.flat(),
    tables: results.tables,
    pictures: results.pictures,
    marks: results.marks,
    cases: results.cases,
    stages,
    params: pipeline.params,
    axes: pipeline.axes,
    datasets: datasetsOf(plan, pipeline),
    attribution: [...layouts].flatMap((layout) => owed[layout] ?? []),
    notBuilt: pipeline.notBuilt,
  }
}
