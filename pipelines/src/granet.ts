/**
 * nx run pipelines:granet · about 15 min on 2 cores with AVX2 · RSNA AP of a detector with and without residual attention,
 * with intervals, beside a box prior and a brightness threshold; every picture on the way. `--preset quick`: under 2 min;
 * `--preset study`: attention, synthesis, alternation and their controls over five training seeds, hours.
 *
 * films ─ split ─ fit aligner ─ align ─┬─ nearest normal ─ graft ─ fit realistic GAN ─ pseudo-normal ─ fit abn2nor GAN ─ residual ─┐
 *                                      ├─ nearest abnormal ─ graft lesion ─ fit realistic GAN ─ pseudo-abnormal films ─────────────┤
 *                                      └─────────────────────────────────────────── fit detector, or detector and generator in turn ┴─ detect ─ evaluate
 * Rows G1–G35 of the acceptance list. What an arm is stands in granet/arms.ts.
 */
import { Dataset, Pipeline, type Ref, type Series } from '@radiograft/pipeline'
import {
  alignFilms,
  fitAligner,
  measureAgreement,
  restoreDetections,
  warpFilms,
  warpMasks,
} from '@radiograft/align/stages'
import {
  graft,
  graftLesion,
  nearestAbnormal,
  nearestNormal,
  repeatPositives,
  syntheticTables,
} from '@radiograft/blend/stages'
import { limitPositives, readFilms, renderPhantom, split } from '@radiograft/data-io/stages'
import { boxPrior, brightness, detect, fitDetector } from '@radiograft/detectors/stages'
import { fitAbnormalToNormal, fitRealistic, generate, residual } from '@radiograft/gan-models/stages'
import { compareArms, compareCoco, evaluateDetections, measurePseudoNormal } from '@radiograft/metrics/stages'
import { fitAlternating } from './granet/alternate/fitAlternating.ts'
import { arms, armNames, contrasts, mainArms } from './granet/arms.ts'
import { attentionControl } from './granet/attentionControl.ts'
import { drawAlignment } from './granet/drawAlignment.ts'
import { drawCohort } from './granet/drawCohort.ts'
import { drawCurves } from './granet/drawCurves.ts'
import { drawDetections } from './granet/drawDetections.ts'
import { drawGraft } from './granet/drawGraft.ts'
import { drawMetrics } from './granet/drawMetrics.ts'
import { drawResidual } from './granet/drawResidual.ts'
import { judgeClaims } from './granet/judgeClaims.ts'
import { measureGraft } from './granet/measureGraft.ts'
import { showFilms } from './granet/showFilms.ts'

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
    headChannels: 'channels of the detector’s pyramid and heads (G18: 256)',
    graftPairs: 'phantom pairs on which grafts are measured against their truth',
    resamples: 'bootstrap resamples over patients',
    shownFilms: 'test films that the report holds one by one, at most',
  },
  presets: {
    quick: {
      films: 240,
      size: 64,
      alignerSteps: 40,
      ganFilters: 16,
      ganBlocks: 3,
      ganSteps: 40,
      detectorSteps: 60,
      headChannels: 32,
      graftPairs: 20,
      resamples: 500,
      axes: { fold: [0], arm: ['plain', 'attention'], seed: [0] },
    },
    default: { axes: { fold: [0], arm: ['plain', 'attention'], seed: [0] } },
    // the whole matrix on small films, where the phantom's truth decides
    study: {
      films: 2400,
      size: 64,
      alignerSteps: 300,
      detectorSteps: 300,
      headChannels: 32,
      ganFilters: 16,
      ganBlocks: 3,
      ganSteps: 200,
      mostHosts: 300,
      axes: { fold: [0], arm: armNames, seed: [0, 1, 2, 3, 4] },
    },
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
      axes: { arm: [...mainArms, ...armNames.filter((name) => name.startsWith('schedule:'))] },
    },
  },
  axes: { fold: [0, 1, 2, 3], arm: armNames, seed: [0, 1, 2, 3, 4] },
  notBuilt: [
    { row: 'G4', what: 'protocol B: a seeded hold-out of 600 films' },
    { row: 'G14', what: 'the authors’ detector schedule (Adam 1e-5, reduce on plateau)' },
    { row: 'G17', what: 'SE-ResNeXt-101 backbone, extra pyramid level P2' },
    { row: 'G19', what: 'the authors’ augmentation level 20' },
    { row: 'G20', what: 'Mask R-CNN' },
  ],
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
    const whole = g(
      'split',
      split,
      { cohort: raw.cohort, labels: raw.labels },
      { fold: at.fold, holdOut: p.holdOut, validation: p.validation },
    ).split
    const parts =
      arm.positives === undefined
        ? whole
        : g('limit-positives', limitPositives, { split: whole, labels: raw.labels }, { most: arm.positives }).split
    const who = { labels: raw.labels, cohort: raw.cohort, split: parts }

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

    // pseudo-normals: nearest normal, graft, radio-realistic GAN (G7 to G9)
    const nearest = g('nearest-normal', nearestNormal, { films, boxes, ...who })
    const grafts = g('graft', graft, { films, boxes, pairs: nearest.pairs })
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
    const realistic = g('fit-realistic', fitRealistic, { films, blended: grafts.blended, ...who }, gan)
    const pseudoNormals = g('pseudo-normal', generate, { films: grafts.blended, generator: realistic.generator }).films

    // what a film would look like without its lesion, and the residual (G10, G15, G32)
    const variant =
      arm.generator === 'identity'
        ? { identityWeight: p.identityWeight }
        : arm.generator === 'no-skip'
          ? { skip: false }
          : {}
    const pairs = { films, pseudoNormals, ...who }
    const abn2nor = g('fit-abnormal-to-normal', fitAbnormalToNormal, pairs, { ...gan, ...variant })
    // as good as drawn: one step of a rate that moves nothing
    const untrained = g('untrained-generator', fitAbnormalToNormal, pairs, {
      ...gan,
      skip: false,
      steps: 1,
      learningRate: 1e-12,
    })
    const pairSeen = [nearest.provenance, realistic.provenance, abn2nor.provenance]
    const detectorParams = {
      steps: p.detectorSteps,
      batch: p.detectorBatch,
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
          boxes,
          ...pairs,
          generator: abn2nor.generator,
          discriminator: abn2nor.discriminator,
          pairProvenance: pairSeen,
        },
        { ...detectorParams, schedule: arm.schedule, epoch: p.epochSteps, pairBatch: p.ganBatch, l1Weight: p.ganL1 },
      )
    const generator = turned
      ? turned.generator
      : arm.attention === 'untrained'
        ? untrained.generator
        : abn2nor.generator
    const generated = g('generate', generate, { films, generator }).films
    const residuals = g('residual', residual, { films, generated }).residuals

    // what the detector attends to (G15)
    const control = (map: 'other-film' | 'constant' | 'oracle') =>
      g('attention-control', attentionControl, { residuals, films, boxes, ...(masks ? { masks } : {}) }, { map }).maps
    const maps =
      arm.attention === undefined
        ? undefined
        : arm.attention === 'twin'
          ? twins && g('twin-residual', residual, { films, generated: twins }).residuals
          : arm.attention === 'residual' || arm.attention === 'untrained'
            ? residuals
            : control(arm.attention)
    const attention = maps ? { attention: maps } : {}

    // pseudo-abnormals: nearest abnormal, its lesion grafted, a second radio-realistic GAN (G22, G30, G31)
    const lent = g(
      'nearest-abnormal',
      nearestAbnormal,
      { films, boxes, ...who },
      { hosts: p.negativeHosts ? 'negatives' : 'normal', most: p.mostHosts },
    )
    const lesions = g('graft-lesion', graftLesion, { films, boxes, split: parts, pairs: lent.pairs })
    const tables = g('synthetic-tables', syntheticTables, { films, boxes, ...who, pairs: lent.pairs })
    const realisticLesion = g(
      'fit-realistic-abnormal',
      fitRealistic,
      { films, blended: lesions.blended, ...who, blendedSplit: tables.split },
      { ...gan, reals: 'abnormal' },
    )
    const pseudoAbnormals = g(
      'pseudo-abnormal',
      generate,
      { films: lesions.blended, generator: realisticLesion.generator },
      { size: 'film' },
    ).films
    const contents = g('nearest-content', nearestNormal, { films, boxes, ...who, hosts: lent.pairs })
    const nulls = g('graft-null', graftLesion, {
      films,
      boxes,
      split: parts,
      pairs: lent.pairs,
      contents: contents.pairs,
    })
    const repeated = g('repeat-positives', repeatPositives, { films, split: parts, pairs: lent.pairs }).films
    const unlabelled = g(
      'synthetic-tables',
      syntheticTables,
      { films, boxes, ...who, pairs: lent.pairs },
      { label: 'host' },
    )
    const added =
      arm.synthesis &&
      {
        realistic: pseudoAbnormals,
        poisson: lesions.blended,
        paste: lesions.pasted,
        repeat: repeated,
        unlabelled: pseudoAbnormals,
        null: nulls.blended,
      }[arm.synthesis]
    const given = arm.synthesis === 'unlabelled' ? unlabelled : tables
    const lentSeen = !arm.synthesis
      ? []
      : [
          lent.provenance,
          ...(added === pseudoAbnormals ? [realisticLesion.provenance] : []),
          ...(arm.synthesis === 'null' ? [contents.provenance] : []),
        ]
    const ofAdded =
      added && maps
        ? {
            extraAttention: g('residual-added', residual, {
              films: added,
              generated: g('generate-added', generate, { films: added, generator }).films,
            }).residuals,
          }
        : {}
    const extra = added
      ? { extraFilms: added, extraBoxes: given.boxes, extraLabels: given.labels, extraSplit: given.split, ...ofAdded }
      : {}

    // the detector (G15, G17, G23)
    const fitted =
      turned ??
      g(
        'fit-detector',
        fitDetector,
        { films, boxes, ...who, ...attention, ...extra, extraProvenance: lentSeen },
        {
          ...detectorParams,
          ...(arm.form ? { attentionForm: arm.form } : {}),
          ...(arm.levels ? { attentionLevels: arm.levels } : {}),
        },
      )
    const found = g('detect', detect, { films, split: parts, detector: fitted.detector, ...attention })
    const detections = arm.unaligned
      ? found.detections
      : g('restore', restoreDetections, { detections: found.detections, transforms, films }).detections

    const prior = g('box-prior', boxPrior, { films: raw.films, boxes: raw.boxes, ...who })
    const bright = g('brightness', brightness, { films: raw.films, split: parts })
    const truth = { boxes: raw.boxes, ...who }
    const seen = [
      ...(arm.unaligned ? [] : [aligner.provenance]),
      ...(arm.attention ? pairSeen : []),
      ...(arm.attention === 'untrained' ? [untrained.provenance] : []),
      ...lentSeen,
      fitted.provenance,
    ]
    const score = g(
      'evaluate',
      evaluateDetections,
      { detections, ...truth, provenance: seen },
      { resamples: p.resamples },
    )
    const scorePrior = g(
      'evaluate-box-prior',
      evaluateDetections,
      { detections: prior.detections, ...truth, provenance: [prior.provenance] },
      { resamples: p.resamples },
    )
    const scoreBright = g(
      'evaluate-brightness',
      evaluateDetections,
      { detections: bright.detections, ...truth, provenance: [] },
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
        provenance: [aligner.provenance, ...pairSeen],
        ...(twins && masks ? { twins, masks } : {}),
      },
      { resamples: p.resamples },
    )
    return {
      raw,
      left: 'left' in raw ? [raw.left] : [],
      twins,
      parts,
      aligner,
      aligned,
      agreement,
      nearest,
      grafts,
      realistic,
      pseudoNormals,
      abn2nor,
      generated,
      residuals,
      fitted,
      found: found.detections,
      detections,
      seen,
      lent,
      lesions,
      pseudoAbnormals,
      nulls,
      score,
      scorePrior,
      scoreBright,
      pseudo,
    }
  },
  gather: (g, cells, p, data) => {
    const first = cells[0]!.out
    const who = { labels: first.raw.labels, cohort: first.raw.cohort, split: first.parts }
    const { films, boxes } = first.aligned
    // the true twins are the phantom's
    const able = cells.filter((cell) => cell.out.twins !== undefined || arms[cell.at.arm].attention !== 'twin')
    const baseline = able.filter((cell) => cell.at.arm === able[0]!.at.arm && cell.at.seed === able[0]!.at.seed)
    const seeds = new Set(able.map((cell) => cell.at.seed)).size

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
        seeds: [...able.map((cell) => cell.at.seed), ...baseline.flatMap(() => [0, 0])],
        contrasts,
        resamples: p.resamples,
      },
    )
    const coco = g(
      'compare-coco',
      compareCoco,
      {
        detections: able.map((cell) => cell.out.detections),
        boxes: first.raw.boxes,
        split: able.map((cell) => cell.out.parts),
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
    const grafted =
      data.rsna.layout === 'phantom'
        ? [g('measure-graft', measureGraft, {}, { size: p.size, pairs: p.graftPairs })]
        : []
    const metrics = [
      compared.metrics,
      coco.metrics,
      first.agreement.metrics,
      first.pseudo.metrics,
      ...grafted.map((m) => m.metrics),
    ]

    // the pictures
    const parts = first.parts
    const twins = first.twins ? { twins: first.twins } : {}
    const { sheet, counts } = g('draw-cohort', drawCohort, { films: first.raw.films, boxes: first.raw.boxes, ...who })
    const alignment = g('draw-alignment', drawAlignment, { films: first.raw.films, aligned: films, split: parts })
    const { pairs } = first.nearest
    const { pasted, blended } = first.grafts
    const { pseudoNormals, generated, residuals } = first
    const grafts = g('draw-graft', drawGraft, {
      films,
      boxes,
      split: parts,
      pairs,
      pasted,
      blended,
      pseudoNormals,
      ...twins,
    })
    const residual = g('draw-residual', drawResidual, {
      films,
      boxes,
      generated,
      residuals,
      labels: first.raw.labels,
      split: parts,
      ...twins,
    })
    const shown = able.filter(
      ({ at }) => at.fold === able[0]!.at.fold && at.seed === able[0]!.at.seed && mainArms.includes(at.arm),
    )
    const names = shown.map((cell) => cell.at.arm)
    const detections = g(
      'draw-detections',
      drawDetections,
      {
        films: first.raw.films,
        boxes: first.raw.boxes,
        split: parts,
        arms: shown.map((cell) => cell.out.detections),
        thresholds: shown.map((cell) => cell.out.score.operating),
      },
      { names },
    )
    // each film by itself, as every stage has it
    const layers = [
      ['film', 'film', first.raw.films],
      ['aligned', 'aligned', films],
      ['generated normal', 'aligned', generated],
      ['residual', 'aligned', residuals],
      ...(first.twins ? ([['truth without lesion', 'aligned', first.twins]] as const) : []),
      ['pasted', 'aligned', pasted],
      ['blended', 'aligned', blended],
      ['pseudo-normal', 'aligned', pseudoNormals],
    ] as const
    const one = g(
      'show-films',
      showFilms,
      {
        films: layers.map(([, , ref]) => ref),
        labels: first.raw.labels,
        split: parts,
        boxes: [first.raw.boxes, boxes],
        detections: shown.flatMap((cell) => [cell.out.detections, cell.out.found]),
        thresholds: shown.map((cell) => cell.out.score.operating),
        scores: shown.map((cell) => cell.out.score.scores),
      },
      {
        layers: layers.map(([name]) => name),
        frames: layers.map(([, frame]) => frame),
        maps: ['residual'],
        boxFrames: ['film', 'aligned'],
        arms: names,
        most: p.shownFilms,
      },
    )
    const curvesOf = (id: string, title: string, curves: ReadonlyArray<Ref<typeof Series>>, fits?: string[]) =>
      g(`draw-curves-${id}`, drawCurves, { curves }, { title, ...(fits ? { names: fits } : {}) }).figure
    return {
      metrics,
      verdicts: g('judge-claims', judgeClaims, { metrics }, { seeds }).verdicts,
      forest: g('draw-metrics', drawMetrics, { metrics }).figure,
      cohort: sheet,
      counts,
      left: first.left,
      alignment: alignment.figure,
      grafts: grafts.figure,
      donors: grafts.donors,
      graftTruth: grafted.map((m) => m.figure),
      residuals: residual.figure,
      detections: detections.figure,
      pictures: one.pictures,
      marks: one.marks,
      cases: one.cases,
      curves: [
        curvesOf('aligner', 'Aligner', [first.aligner.curves]),
        curvesOf('realistic', 'Radio-realistic GAN', [first.realistic.curves]),
        curvesOf('abn2nor', 'Abnormal-to-normal GAN', [first.abn2nor.curves]),
        curvesOf(
          'detector',
          'Detector',
          shown.map((cell) => cell.out.fitted.curves),
          names,
        ),
      ],
    }
  },
})
