// A finished run → what the report is made from.
import { artefactBytes } from '@radiograft/artefact-store'
import type { Manifest, Store } from '@radiograft/artefact-store'
import { canonicalJson } from '@radiograft/pipeline'
import type { Params, ResolvedNode, ResolvedPipeline } from '@radiograft/pipeline'
import type { ReportInput, ReportStage } from '@radiograft/report'
import type { Plan, RunResult } from '@radiograft/runner'
import { cohortsOf } from './cohortsOf.ts'
import { commandOf } from './commandOf.ts'
import { figureArms } from './figureArms.ts'
import { judgedArms } from './judgedArms.ts'
import { mainMetrics } from './mainMetrics.ts'
import { modelsOf } from './modelsOf.ts'
import type { Results } from './readResults.ts'
import { runGraph } from './runGraph.ts'
import { tableReader } from './tableReader.ts'

/** Metrics that the opening of the page names. */
const MAIN = 8

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
      isDefault: canonicalJson(value) === canonicalJson(declared[name]?.default ?? null),
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
  run: RunResult,
  results: Results,
): Promise<ReportInput> => {
  const { pipeline } = plan
  const graph = await runGraph(store, plan, run)
  const read = tableReader(store)
  const datasets = datasetsOf(plan, pipeline)
  const metrics = results.metrics.flat()
  const arms = judgedArms(graph, run.results, results.metrics)
  const armsOf = figureArms(graph, arms, run.results)
  const inputs = new Map(run.record.nodes.map((node) => [node.label, node.inputs]))
  const layouts = new Set(datasets.map(({ layout }) => layout))
  return {
    title: pipeline.name,
    doc: pipeline.doc,
    preset: pipeline.preset,
    seed: pipeline.seed,
    command: commandOf(pipeline, plan.options.runtime.precision),
    figures: results.figures.map(({ name, figure }) => ({ name, figure, ...armsOf(name, figure.row) })),
    metrics,
    mainMetrics: mainMetrics(
      results.metrics,
      MAIN,
      results.tables.map(({ table }) => table),
    ),
    tables: results.tables,
    pictures: results.pictures,
    marks: results.marks,
    cases: results.cases,
    models: await modelsOf(store, graph, read, { arms, results: run.results, datasets }),
    cohorts: await cohortsOf(graph, read, datasets, owed),
    stages: graph.nodes.map(({ label, node, manifest }) => stageOf(node, manifest, inputs.get(label) ?? {})),
    params: pipeline.params,
    axes: pipeline.axes,
    datasets,
    attribution: [...layouts].flatMap((layout) => owed[layout] ?? []),
    notBuilt: pipeline.notBuilt,
  }
}
