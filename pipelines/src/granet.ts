/**
 * nx run pipelines:granet · about 15 min on 2 cores with AVX2 · RSNA AP of a detector with and without residual attention,
 * with intervals, beside a box prior and a brightness threshold; every picture on the way. `--preset quick`: under 2 min.
 *
 * films ─ split ─ fit aligner ─ align ─┬─ nearest normal ─ graft ─ fit realistic GAN ─ pseudo-normal ─ fit abn2nor GAN ─ residual ─┐
 *                                      └─────────────────────────────────────────────────── fit detector (attention off, on) ──────┴─ detect ─ evaluate
 * Rows G1–G35 of the acceptance list; the second half (synthesis, alternation) is listed under `notBuilt`.
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
import { graft, nearestNormal } from '@radiograft/blend/stages'
import { readFilms, renderPhantom, split } from '@radiograft/data-io/stages'
import { boxPrior, brightness, detect, fitDetector } from '@radiograft/detectors/stages'
import { fitAbnormalToNormal, fitRealistic, generate, residual } from '@radiograft/gan-models/stages'
import { compareArms, evaluateDetections, measurePseudoNormal } from '@radiograft/metrics/stages'
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
      axes: { fold: [0] },
    },
    default: { axes: { fold: [0] } },
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
    },
  },
  axes: { fold: [0, 1, 2, 3], attention: ['off', 'on'] },
  notBuilt: [
    { row: 'G4', what: 'protocol B: a seeded hold-out of 600 films' },
    { row: 'G14', what: 'the authors’ detector schedule (Adam 1e-5, reduce on plateau)' },
    { row: 'G17', what: 'SE-ResNeXt-101 backbone, extra pyramid level P2' },
    { row: 'G19', what: 'the authors’ augmentation level 20' },
    { row: 'G20', what: 'Mask R-CNN' },
    { row: 'G21', what: 'alternation of detector and generator' },
    { row: 'G22', what: 'pseudo-abnormal films as augmentation' },
    { row: 'G26', what: 'Table 3, the schedules of alternation' },
    { row: 'G30', what: 'the second radio-realistic GAN' },
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
    const { split: parts } = g(
      'split',
      split,
      { cohort: raw.cohort, labels: raw.labels },
      { fold: at.fold, holdOut: p.holdOut, validation: p.validation },
    )
    const who = { labels: raw.labels, cohort: raw.cohort, split: parts }

    // one frame for all films (G5, G6)
    const aligner = g(
      'fit-aligner',
      fitAligner,
      { films: raw.films, ...who },
      { steps: p.alignerSteps, warp: p.alignerWarp },
    )
    const aligned = g('align', alignFilms, { films: raw.films, boxes: raw.boxes, aligner: aligner.aligner })
    const agreement = g('measure-agreement', measureAgreement, {
      films: raw.films,
      aligner: aligner.aligner,
      split: parts,
    })
    const { films, boxes, transforms } = aligned
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
    }
    const realistic = g('fit-realistic', fitRealistic, { films, blended: grafts.blended, ...who }, gan)
    const pseudoNormals = g('pseudo-normal', generate, { films: grafts.blended, generator: realistic.generator }).films

    // what a film would look like without its lesion, and the residual (G10, G15)
    const abn2nor = g('fit-abnormal-to-normal', fitAbnormalToNormal, { films, pseudoNormals, ...who }, gan)
    const generated = g('generate', generate, { films, generator: abn2nor.generator }).films
    const residuals = g('residual', residual, { films, generated }).residuals

    // the detector, with and without residual attention (G15, G17, G23)
    const attention = at.attention === 'on' ? { attention: residuals } : {}
    const fitted = g(
      'fit-detector',
      fitDetector,
      { films, boxes, ...who, ...attention, extraProvenance: [] },
      { steps: p.detectorSteps, batch: p.detectorBatch, headChannels: p.headChannels },
    )
    const found = g('detect', detect, { films, split: parts, detector: fitted.detector, ...attention })
    const detections = g('restore', restoreDetections, { detections: found.detections, transforms, films }).detections

    const prior = g('box-prior', boxPrior, { films: raw.films, boxes: raw.boxes, ...who })
    const bright = g('brightness', brightness, { films: raw.films, split: parts })
    const truth = { boxes: raw.boxes, ...who }
    const seen = [aligner.provenance, nearest.provenance, realistic.provenance, abn2nor.provenance, fitted.provenance]
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
        provenance: [aligner.provenance, nearest.provenance, realistic.provenance, abn2nor.provenance],
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
    const armOf = (attention: string): string => (attention === 'on' ? 'attention' : 'plain')
    const baseline = cells.filter((cell) => cell.at.attention === cells[0]!.at.attention)

    const arms = g(
      'compare-arms',
      compareArms,
      {
        arms: [
          ...cells.map((cell) => cell.out.score.scores),
          ...baseline.map((cell) => cell.out.scorePrior.scores),
          ...baseline.map((cell) => cell.out.scoreBright.scores),
        ],
      },
      {
        names: [
          ...cells.map((cell) => armOf(cell.at.attention)),
          ...baseline.map(() => 'box-prior'),
          ...baseline.map(() => 'brightness'),
        ],
        contrasts: ['attention − plain', 'plain − box-prior', 'attention − box-prior', 'plain − brightness'],
        resamples: p.resamples,
      },
    )
    const grafted =
      data.rsna.layout === 'phantom'
        ? [g('measure-graft', measureGraft, {}, { size: p.size, pairs: p.graftPairs })]
        : []
    const metrics = [arms.metrics, first.agreement.metrics, first.pseudo.metrics, ...grafted.map((m) => m.metrics)]

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
    const shown = cells.filter((cell) => cell.at.fold === cells[0]!.at.fold)
    const names = shown.map((cell) => armOf(cell.at.attention))
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
      verdicts: g('judge-claims', judgeClaims, { metrics }).verdicts,
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
