// The default dataset as a stage: phantom films, their lesion-free twins, masks, boxes, labels, and the true alignment.
// Used where no folder of films is given.
import { Schema } from 'effect'
import { Boxes, Cohort, Films, Labels, Masks, param, Stage, Transforms } from '@radiograft/pipeline'

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
/** A power of two: boxes lie on a grid of 256. */
const sides = [32, 64, 128, 256, 512, 1024]
const side = Schema.Int.check(
  Schema.makeFilter((size: number) => sides.includes(size) || `expected one of ${sides.join(', ')}`),
)
const factor = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10 }))

export const renderPhantom = Stage.make({
  name: 'render-phantom',
  doc: 'A seed to a cohort of phantom films, RSNA-like, with twins, opacity masks, boxes, labels and true transforms.',
  rows: ['G1', 'G29'],
  resource: 'light',
  pure: true,
  params: {
    films: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })), {
      default: 800,
      doc: 'number of films; the cohort says of how many patients they are',
    }),
    cohort: param(Schema.Literals(['rsna', 'multi']), {
      default: 'rsna',
      doc: 'rsna: one film a patient; multi: follow-ups, eight films of four patients who have 1, 1, 2 and 4',
      row: 'G29',
    }),
    size: param(side, {
      default: 128,
      doc: 'side of the films in pixels: 32, 64, 128, 256, 512 or 1024',
    }),
    difficulty: param(share, { default: 0.4, doc: 'difficulty of the findings, 0 easy to 1 invisible' }),
    jitter: param(factor, { default: 1, doc: 'factor on the misalignment of films' }),
    noise: param(factor, { default: 1, doc: 'factor on the variance of photon noise' }),
    view: param(Schema.Literals(['drawn', 'PA', 'AP']), {
      default: 'drawn',
      doc: 'view of every film: PA, AP, or drawn film by film, which alone lets it tell the class',
    }),
    boxes: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4 })), {
      default: 0,
      doc: 'opacities of each patient who has any, 1 to 4; 0: drawn as on the real films, mostly 1 or 2',
      row: 'G1',
    }),
    coupling: param(share, { default: 0, doc: 'how strongly the view tells the class, 1 as on the real films' }),
    markerCoupling: param(share, { default: 0, doc: 'probability that the side letter tells the class' }),
    distractors: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 0.77 })), {
      default: 0.443,
      doc: 'share of patients with a finding that is no opacity',
      source: 'paper',
      row: 'G1',
    }),
    devices: param(Schema.Boolean, { default: false, doc: 'support devices on many AP and some PA films' }),
  },
  inputs: {},
  outputs: {
    films: Films,
    /** the same films without their findings */
    twins: Films,
    /** 1 where an opacity is; films of class Lung Opacity only */
    masks: Masks,
    /** the targets: opacities, labelled `opacity` */
    boxes: Boxes,
    /** every finding, distractors included, labelled by its type */
    findings: Boxes,
    labels: Labels,
    cohort: Cohort,
    /** the transforms that bring films to the canonical pose */
    truth: Transforms,
  },
  entry: Stage.entry(import.meta.url, './renderPhantom.run'),
})
