/**
 * nx run pipelines:granet · about 12 min on 2 cores with AVX2 · RSNA AP of a detector with and without residual attention,
 * with intervals, beside a box prior and a brightness threshold; every picture and every audit on the way. `--preset quick`:
 * every kind of arm in under 2 min; `--preset study`: attention, synthesis, alternation and their controls over five training
 * seeds, two hours; `--preset schedules`: Table 3 whole.
 *
 * films ─ split ─ fit aligner ─ align ─┬─ nearest normal ─ graft ─ fit realistic GAN ─ pseudo-normal ─ fit abn2nor GAN ─ residual ─┐
 *                                      ├─ nearest abnormal ─ graft lesion ─ fit realistic GAN ─ pseudo-abnormal films ─────────────┤
 *                                      └─────────────────────────────────────────── fit detector, or detector and generator in turn ┴─ detect ─ evaluate
 * Rows G1–G35 of the acceptance list, which the report lists one by one. What an arm is stands in granet/arms.ts.
 */
import { BETWEEN, Dataset, Pipeline } from '@radiograft/pipeline'
import {
  alignFilms,
  fitAligner,
  measureAgreement,
  restoreDetections,
  warpFilms,
  warpMasks,
} from '@radiograft/align/stages'
import { readFilms, renderPhantom } from '@radiograft/data-io/stages'
import { detect, fitDetector } from '@radiograft/detectors/stages'
import { generate, residual } from '@radiograft/gan-models/stages'
import { compareArms, compareCoco, evaluateDetections, measurePseudoNormal } from '@radiograft/metrics/stages'
import { fitAlternating } from './granet/alternate/fitAlternating.ts'
import { arms, armNames, contrasts, mainArms, scheduleArms, studyArms } from './granet/arms.ts'
import { drawMetrics } from './granet/drawMetrics.ts'
import { judgeClaims } from './granet/judgeClaims.ts'
import { measureGraft } from './granet/measureGraft.ts'
import { attentionMaps } from './granet/parts/attentionMaps.ts'
import { auditsOf } from './granet/parts/audits.ts'
import { baselines } from './granet/parts/baselines.ts'
import { generatorFigures, generatorName } from './granet/parts/generatorFigures.ts'
import { people } from './granet/parts/people.ts'
import { pictures } from './granet/parts/pictures.ts'
import { addedFilms, lesionGrafts } from './granet/parts/pseudoAbnormals.ts'
import { pseudoNormals } from './granet/parts/pseudoNormals.ts'
import { drawDoses } from './granet/study/drawDoses.ts'
import { judgeControls } from './granet/study/judgeControls.ts'
import { listRows } from './granet/rows/listRows.ts'
import { rowSettings } from './granet/rows/rows.ts'
import { settingsOf } from './rows/settings.ts'

/** Small films, where the phantom's truth decides, and many of them. */
const small = {
  films: 3000,
  size: 64,
  holdOut: 0.47,
  validation: 0.08,
  alignerSteps: 300,
  detectorSteps: 200,
  epochSteps: 20,
  backboneWidth: 32,
  headChannels: 32,
  ganFilters: 16,
  ganBlocks: 3,
  ganSteps: 150,
  mostHosts: 300,
  resamples: 1000,
} as const

/** Rows of the acceptance list that this pipeline does not have. */
const notBuilt = [
  { row: 'G4', what: 'protocol B: a seeded hold-out of 600 films' },
  { row: 'G14', what: 'the authors’ detector schedule (Adam 1e-5, reduce on plateau)' },
  { row: 'G17', what: 'SE-ResNeXt-101 backbone, extra pyramid level P2' },
  { row: 'G19', what: 'the authors’ augmentation level 20' },
  { row: 'G20', what: 'Mask R-CNN' },
]

export default Pipeline.make({
  name: 'granet',
  doc: 'GRANet: residual attention from a pseudo-normal generator, judged against controls.',
  datasets: { rsna: Dataset },
  params: {
    films: 800,
    size: 128,
    difficulty: 0.4,
    finding: '',
    holdOut: 0.3125,
    validation: 0.125,
    alignerSteps: 500,
    alignerWarp: true,
    ganSize: 64,
    ganFilters: 32,
    ganBlocks: 6,
    ganBatch: 8,
    ganSkip: true,
    ganL1: 100,
    ganSteps: 300,
    detectorSteps: 450,
    detectorBatch: 8,
    epochSteps: 30,
    negativeHosts: false,
    mostHosts: 0,
    identityWeight: 10,
    backboneWidth: 64,
    headChannels: 64,
    graftPairs: 80,
    resamples: 2000,
    shownFilms: 176,
  },
  paramDocs: {
    films: 'films of the phantom cohort; real films come whole',
    size: 'side of the square films, pixels',
    finding:
      'finding to detect in real films; empty: Lung Opacity (RSNA), Pneumonia (NIH); positives without a box stay out',
    difficulty: 'difficulty of the phantom’s findings, 0 easy to 1 invisible',
    holdOut:
      'share of films in the sealed test part; 0 makes each fold the test part of its own round (protocol A, row G3)',
    validation: 'share of films in the validation part, taken inside training',
    alignerSteps: 'training steps of the spatial transformer (G5)',
    alignerWarp: 'random warps of the aligner’s training films',
    ganSize: 'side of the films that the generators see, pixels',
    ganFilters: 'filters of the generators’ first layer (G11: 64)',
    ganBlocks: 'residual blocks of the generators (G11: 9)',
    ganBatch: 'films a step of the generators (G13: 4)',
    ganL1: 'weight of the L1 term of both generators (G9: 1 as printed; 100 in pix2pix)',
    ganSkip: 'path from the generators’ input to their output; off is the generator as printed (G11)',
    ganSteps: 'training steps of each generator (G9, G10)',
    detectorSteps: 'training steps of each detector (G17)',
    detectorBatch: 'films a step of the detector, half of them positive',
    epochSteps: 'steps of one epoch of detector or generator where they train in turn (G21)',
    negativeHosts:
      'lesions into every training film without the finding, not the normal ones alone (G31: the paper says both)',
    mostHosts: 'films that get a lesion, at most; 0: all',
    identityWeight: 'weight of the identity term in the arm that has it (G32: none as printed)',
    backboneWidth: 'channels of the first stage of the detector’s backbone (64 is ResNet-18)',
    headChannels: 'channels of the detector’s pyramid and heads (G18: 256)',
    graftPairs: 'phantom pairs on which grafts are measured against their truth',
    resamples: 'bootstrap resamples over patients',
    shownFilms: 'test films that the report holds one by one, at most',
  },
  presets: {
    // every stage once, on films and steps too few for any figure to mean something
    quick: {
      films: 240,
      size: 64,
      alignerSteps: 30,
      ganFilters: 16,
      ganBlocks: 3,
      ganSteps: 20,
      detectorSteps: 30,
      epochSteps: 10,
      backboneWidth: 32,
      headChannels: 32,
      mostHosts: 40,
      graftPairs: 20,
      resamples: 500,
      axes: {
        fold: [0],
        arm: [
          'plain',
          'attention',
          'synthesis',
          'attention:oracle',
          'synthesis:repeat',
          'schedule:1:1',
          'plain@30',
          'plain:by-film',
        ],
        seed: [0],
      },
    },
    default: { axes: { fold: [0], arm: ['plain', 'attention', 'plain:by-film'], seed: [0] } },
    // every arm that a claim or a control needs; what is left of Table 3 is `schedules`, with which it shares what it can
    study: { ...small, axes: { fold: [0], arm: studyArms, seed: [0, 1, 2, 3, 4] } },
    schedules: { ...small, axes: { fold: [0], arm: scheduleArms, seed: [0, 1, 2, 3, 4] } },
    paper: {
      films: 26_684,
      size: 512,
      holdOut: 0,
      alignerWarp: false,
      alignerSteps: 20_000,
      ganSize: 512,
      ganFilters: 64,
      ganBlocks: 9,
      ganBatch: 4,
      ganSkip: false,
      ganL1: 1,
      ganSteps: 100_000,
      detectorSteps: 77_000,
      detectorBatch: 6,
      headChannels: 256,
      axes: { arm: [...mainArms, ...armNames.filter((name) => arms[name].byFilm || arms[name].schedule)] },
    },
  },
  axes: { fold: [0, 1, 2, 3], arm: armNames, seed: [0, 1, 2, 3, 4] },
  notBuilt,
  cell: (g, data, p, at) => {
    const phantom =
      data.rsna.layout === 'phantom'
        ? g('read', renderPhantom, {}, { films: p.films, size: p.size, difficulty: p.difficulty })
        : undefined
    const raw =
      phantom ??
      g(
        'read',
        readFilms,
        { dataset: data.rsna },
        { size: p.size, finding: p.finding, unboxed: 'drop', classes: 'task' },
      )
    const arm = arms[at.arm]
    const { who, whole, overlap } = people(g, raw, arm, { ...p, fold: at.fold })

    // one frame for all films (G5, G6); the aligner needs no label and sees the films of every dose
    const aligner = g(
      'fit-aligner',
      fitAligner,
      { films: raw.films, ...who, split: whole },
      { steps: p.alignerSteps, warp: p.alignerWarp },
    )
    const aligned = g('align', alignFilms, { films: raw.films, boxes: raw.boxes, aligner: aligner.aligner })
    const agreement = g('measure-agreement', measureAgreement, {
      films: raw.films,
      aligner: aligner.aligner,
      split: whole,
    })
    const { transforms } = aligned
    const { films, boxes } = arm.unaligned ? raw : aligned
    const twins = phantom && g('align-twins', warpFilms, { films: phantom.twins, transforms }).films
    const masks = phantom && g('align-masks', warpMasks, { films: phantom.masks, transforms }).films

    // what a film would look like without its lesion, and the residual (G7 to G10, G15)
    const study = { films, boxes, who }
    const gan = {
      size: p.ganSize,
      filters: p.ganFilters,
      blocks: p.ganBlocks,
      batch: p.ganBatch,
      skip: p.ganSkip,
      l1Weight: p.ganL1,
      steps: p.ganSteps,
      replica: at.seed,
    }
    const normals = pseudoNormals(g, study, gan, { arm, identityWeight: p.identityWeight })
    const { abn2nor } = normals
    const detectorParams = {
      steps: p.detectorSteps,
      batch: p.detectorBatch,
      backboneWidth: p.backboneWidth,
      headChannels: p.headChannels,
      replica: at.seed,
    }

    // detector and generator in turn (G21, G26)
    const turned =
      arm.schedule &&
      g(
        'fit-alternating',
        fitAlternating,
        {
          ...study,
          ...who,
          pseudoNormals: normals.films,
          generator: abn2nor.generator,
          discriminator: abn2nor.discriminator,
          pairProvenance: normals.provenance,
        },
        { ...detectorParams, schedule: arm.schedule, epoch: p.epochSteps, pairBatch: p.ganBatch, l1Weight: p.ganL1 },
      )
    const { generator } = turned ?? abn2nor
    const generated = g('generate', generate, { films, generator }).films
    const residuals = g('residual', residual, { films, generated }).residuals

    const maps = attentionMaps(g, study, { residuals, twins, masks }, arm.attention)
    const attention = maps ? { attention: maps } : {}

    // films beside the real ones (G22, G30, G31)
    const donors = arm.synthesis?.endsWith('spread') ? 'spread' : 'nearest'
    const grafted = lesionGrafts(g, study, { ...p, donors })
    const added = arm.synthesis && addedFilms(g, study, grafted, gan, arm.synthesis)
    const extra = added
      ? {
          extraFilms: added.films,
          extraBoxes: added.tables.boxes,
          extraLabels: added.tables.labels,
          extraSplit: added.tables.split,
          ...(maps
            ? {
                extraAttention: g('residual-added', residual, {
                  films: added.films,
                  generated: g('generate-added', generate, { films: added.films, generator }).films,
                }).residuals,
              }
            : {}),
        }
      : {}
    const addedSeen = added ? added.provenance : []

    // the detector (G15, G17, G23)
    const fitted =
      turned ??
      g(
        'fit-detector',
        fitDetector,
        { films, boxes, ...who, ...attention, ...extra, extraProvenance: addedSeen },
        {
          ...detectorParams,
          ...(arm.forceBest ? { forceBest: true } : {}),
          ...(arm.form ? { attentionForm: arm.form } : {}),
          ...(arm.levels ? { attentionLevels: arm.levels } : {}),
        },
      )
    const found = g('detect', detect, { films, split: who.split, detector: fitted.detector, ...attention })
    const detections = arm.unaligned
      ? found.detections
      : g('restore', restoreDetections, { detections: found.detections, transforms, films }).detections

    const seen = [
      ...(arm.unaligned ? [] : [aligner.provenance]),
      ...(arm.attention ? normals.provenance : []),
      ...addedSeen,
      fitted.provenance,
    ]
    const score = g(
      'evaluate',
      evaluateDetections,
      { detections, boxes: raw.boxes, ...who, provenance: seen },
      { resamples: p.resamples },
    )
    const pseudo = g(
      'measure-pseudo-normal',
      measurePseudoNormal,
      {
        films,
        generated,
        boxes,
        ...who,
        provenance: [aligner.provenance, ...normals.provenance],
        ...(twins && masks ? { twins, masks } : {}),
      },
      { resamples: p.resamples, arm: generatorName(at) },
    )
    return {
      raw,
      left: 'left' in raw ? [raw.left] : [],
      twins,
      who,
      overlap,
      aligner,
      agreement,
      study,
      normals,
      generated,
      residuals,
      grafted,
      added,
      maps,
      fitted,
      found: found.detections,
      detections,
      seen,
      score,
      ...baselines(g, { ...raw, who }, p.resamples),
      pseudo,
    }
  },
  gather: (g, cells, p, data) => {
    const first = cells[0]!.out
    // the true twins are the phantom's, whose patients have one film each, so that both splits are one
    const phantom = data.rsna.layout === 'phantom'
    const able = cells.filter(({ at }) => (phantom ? !arms[at.arm].byFilm : arms[at.arm].attention !== 'twin'))
    // no training, hence the same at every seed
    const baseline = able.filter((cell) => cell.at.arm === able[0]!.at.arm)
    const seeds = new Set(able.map((cell) => cell.at.seed)).size
    const names = new Set([...able.map(({ at }) => at.arm as string), 'box-prior', 'brightness'])
    const family = contrasts.filter((pair) => pair.split(BETWEEN).every((name) => names.has(name))).length

    const compared = g(
      'compare-arms',
      compareArms,
      {
        arms: [
          ...able.map((cell) => cell.out.score.scores),
          ...baseline.map((cell) => cell.out.scorePrior.scores),
          ...baseline.map((cell) => cell.out.scoreBright.scores),
        ],
      },
      {
        names: [
          ...able.map((cell) => cell.at.arm),
          ...baseline.map(() => 'box-prior'),
          ...baseline.map(() => 'brightness'),
        ],
        seeds: [...able.map((cell) => cell.at.seed), ...[...baseline, ...baseline].map((cell) => cell.at.seed)],
        contrasts,
        tested: ['ap-rsna-0.40:0.75', 'ap-rsna-0.40:0.60-noFN'],
        // of one seed, bounds for many contrasts together lie at the outermost resamples: five beyond each
        resamples: seeds > 1 ? p.resamples : Math.max(p.resamples, 200 * family),
      },
    )
    const coco = g(
      'compare-coco',
      compareCoco,
      {
        detections: able.map((cell) => cell.out.detections),
        boxes: first.raw.boxes,
        split: able.map((cell) => cell.out.who.split),
        provenance: able.flatMap((cell) => cell.out.seen),
      },
      {
        names: able.map((cell) => cell.at.arm),
        seeds: able.map((cell) => cell.at.seed),
        seenBy: able.flatMap((cell, i) => cell.out.seen.map(() => i)),
        contrasts,
        resamples: p.resamples,
      },
    )
    const truth = phantom ? [g('measure-graft', measureGraft, {}, { size: p.size, pairs: p.graftPairs })] : []

    const lesionGan = able.map(({ out }) => out.added?.gan).find((gan) => gan !== undefined)
    const named = able.filter(({ at }) => mainArms.includes(at.arm))
    const main = named.length > 0 ? named : able
    const generators = generatorFigures(able.map(({ at, out }) => ({ at, metrics: out.pseudo.metrics })))
    const { audits, forensics, views } = auditsOf(
      g,
      {
        ...first.study,
        cohort: first.raw.cohort,
        nearest: first.normals.nearest.pairs,
        grafts: first.grafted,
        lesionGan,
        arms: main.map(({ at, out }) => ({ name: at.arm, seed: at.seed, scores: out.score.scores })),
        generators: [...generators.values()],
        // of one split: another fold trains on this one's test part, and a split by film leaks on purpose
        provenance: able
          .filter(({ at }) => at.fold === able[0]!.at.fold && !arms[at.arm].byFilm)
          .flatMap(({ out }) => out.seen),
      },
      { contrasts, resamples: p.resamples },
    )

    // both splits side by side, where a run has both (G29)
    const overlaps = new Map(able.map(({ out }) => [out.overlap.metrics.node.identity, out.overlap.metrics]))
    const metrics = [
      compared.metrics,
      coco.metrics,
      views.metrics,
      first.agreement.metrics,
      ...generators.values(),
      ...overlaps.values(),
      forensics.metrics,
      ...truth.map((one) => one.metrics),
    ]
    const borrowed = able.find(({ at }) => arms[at.arm].synthesis)?.out.grafted.lent.pairs
    const { rows } = g(
      'list-rows',
      listRows,
      {
        metrics,
        boxes: first.raw.boxes,
        ...first.who,
        nearest: first.normals.nearest.pairs,
        ...(borrowed ? { lent: borrowed } : {}),
      },
      {
        settings: settingsOf(rowSettings, [...metrics, ...(borrowed ? [borrowed] : [])]),
        notBuilt,
        films: phantom ? 'phantom' : 'real',
        seeds,
      },
    )
    // what an effect is owed to: where the run has more than the question itself
    const studied = able.some(({ at }) => !mainArms.includes(at.arm))
    const curve = studied ? g('draw-doses', drawDoses, { metrics }, { seeds }) : undefined
    return {
      metrics,
      forest: g('draw-metrics', drawMetrics, { metrics }).figure,
      verdicts: g('judge-claims', judgeClaims, { metrics }, { seeds }).verdicts,
      ...(curve
        ? {
            controls: g('judge-controls', judgeControls, { metrics }, { seeds }).controls,
            doseCurve: curve.figure,
            doses: curve.doses,
          }
        : {}),
      audits,
      rows,
      left: first.left,
      graftTruth: truth.map((one) => one.figure),
      ...pictures(
        g,
        {
          raw: { films: first.raw.films, boxes: first.raw.boxes, who: first.who },
          aligned: first.study,
          twins: first.twins,
          aligner: first.aligner.curves,
          normals: first.normals,
          generated: first.generated,
          residuals: first.residuals,
          grafts: first.grafted,
          lesionGan,
          arms: main
            .filter(({ at }) => at.fold === main[0]!.at.fold && at.seed === main[0]!.at.seed)
            .map(({ at, out }) => ({
              name: at.arm,
              ...out.fitted,
              found: out.found,
              detections: out.detections,
              ...out.score,
              maps: out.maps,
            })),
        },
        p.shownFilms,
      ),
    }
  },
})
