// What a reader of the report sees of a run's films: every stage's own picture, each film by itself, and the curves.
import type { Build, Detections, Films, Metrics, Network, Ref, Scores, Series } from '@radiograft/pipeline'
import { drawAttention } from '../audits/drawAttention.ts'
import { drawAlignment } from '../drawAlignment.ts'
import { drawCohort } from '../../pictures/drawCohort.ts'
import { drawCurves } from '../../pictures/drawCurves.ts'
import { drawDetections } from '../drawDetections.ts'
import { drawGraft } from '../drawGraft.ts'
import { drawLesions } from '../drawLesions.ts'
import { drawResidual } from '../drawResidual.ts'
import { showFilms } from '../showFilms.ts'
import type { LesionGrafts, RealisticLesions } from './pseudoAbnormals.ts'
import type { PseudoNormals } from './pseudoNormals.ts'
import type { Study } from './Study.ts'

/** One arm of a run as it is shown. */
interface ShownArm {
  readonly name: string
  readonly detector: Ref<typeof Network>
  readonly curves: Ref<typeof Series>
  /** in the frame that the detector sees */
  readonly found: Ref<typeof Detections>
  /** in the film's own frame */
  readonly detections: Ref<typeof Detections>
  readonly operating: Ref<typeof Metrics>
  readonly scores: Ref<typeof Scores>
  /** what the detector attends to */
  readonly maps: Ref<typeof Films> | undefined
}

interface Shown {
  /** films as they came, and in the aligner's frame */
  readonly raw: Study
  readonly aligned: Study
  /** the films without their lesions, which only a phantom knows */
  readonly twins: Ref<typeof Films> | undefined
  readonly aligner: Ref<typeof Series>
  readonly normals: PseudoNormals
  readonly generated: Ref<typeof Films>
  readonly residuals: Ref<typeof Films>
  readonly grafts: LesionGrafts
  readonly lesionGan: RealisticLesions | undefined
  readonly arms: ReadonlyArray<ShownArm>
}

/** @param most test films that are shown one by one, at most */
export const pictures = (g: Build, run: Shown, most: number) => {
  const { raw, aligned, normals, generated, residuals, grafts, lesionGan, arms } = run
  const { films, boxes, who } = aligned
  const { labels, split } = who
  const twins = run.twins ? { twins: run.twins } : {}
  const names = arms.map(({ name }) => name)
  const thresholds = arms.map(({ operating }) => operating)

  const cohort = g('draw-cohort', drawCohort, { films: raw.films, boxes: raw.boxes, ...who })
  const alignment = g('draw-alignment', drawAlignment, { films: raw.films, aligned: films, split })
  const { pasted, blended } = normals.grafts
  const steps = { pasted, blended, pseudoNormals: normals.films }
  const graft = g('draw-graft', drawGraft, {
    films,
    boxes,
    split,
    pairs: normals.nearest.pairs,
    ...steps,
    ...twins,
  })
  const residual = g('draw-residual', drawResidual, { films, boxes, generated, residuals, labels, split, ...twins })
  const lesions = g('draw-lesions', drawLesions, {
    films,
    boxes,
    split,
    pairs: grafts.lent.pairs,
    pasted: grafts.lesions.pasted,
    blended: grafts.lesions.blended,
    nulls: grafts.nulls.blended,
    ...(lesionGan ? { generated: lesionGan.films } : {}),
  })
  const detections = g(
    'draw-detections',
    drawDetections,
    { films: raw.films, boxes: raw.boxes, split, arms: arms.map((arm) => arm.detections), thresholds },
    { names },
  )
  const attending = arms.find(({ maps }) => maps !== undefined)
  const attention = attending?.maps
    ? [
        g('draw-attention', drawAttention, {
          films,
          boxes,
          residuals: attending.maps,
          detector: attending.detector,
          labels,
          split,
        }),
      ]
    : []

  // each film by itself, as every stage has it
  const layers = [
    ['film', 'film', raw.films],
    ['aligned', 'aligned', films],
    ['generated normal', 'aligned', generated],
    ['residual', 'aligned', residuals],
    ...(run.twins ? ([['truth without lesion', 'aligned', run.twins]] as const) : []),
    ['pasted', 'aligned', pasted],
    ['blended', 'aligned', blended],
    ['pseudo-normal', 'aligned', normals.films],
  ] as const
  const single = g(
    'show-films',
    showFilms,
    {
      films: layers.map(([, , ref]) => ref),
      labels,
      split,
      boxes: [raw.boxes, boxes],
      detections: arms.flatMap((arm) => [arm.detections, arm.found]),
      thresholds,
      scores: arms.map((arm) => arm.scores),
    },
    {
      layers: layers.map(([name]) => name),
      frames: layers.map(([, frame]) => frame),
      maps: ['residual'],
      boxFrames: ['film', 'aligned'],
      arms: names,
      most,
    },
  )
  const curvesOf = (id: string, title: string, curves: ReadonlyArray<Ref<typeof Series>>, fits?: string[]) =>
    g(`draw-curves-${id}`, drawCurves, { curves }, { title, ...(fits ? { names: fits } : {}) }).figure
  return {
    cohort: cohort.sheet,
    counts: cohort.counts,
    alignment: alignment.figure,
    grafts: graft.figure,
    donors: [graft.donors, lesions.donors],
    lesions: lesions.figure,
    hosts: grafts.lent.counts,
    residuals: residual.figure,
    attention: attention.map(({ figure }) => figure),
    detections: detections.figure,
    pictures: single.pictures,
    marks: single.marks,
    cases: single.cases,
    curves: [
      curvesOf('aligner', 'Aligner', [run.aligner]),
      curvesOf('realistic', 'Radio-realistic GAN', [normals.realistic.curves]),
      curvesOf('abn2nor', 'Abnormal-to-normal GAN', [normals.abn2nor.curves]),
      ...(lesionGan ? [curvesOf('realistic-abnormal', 'Radio-realistic GAN of lesions', [lesionGan.curves])] : []),
      curvesOf(
        'detector',
        'Detector',
        arms.map((arm) => arm.curves),
        names,
      ),
    ],
  }
}
