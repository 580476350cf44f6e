// Rows G1 to G35 of the acceptance list as typed data: what the paper says, what is wrong with it or left open, what this
// pipeline does, and by which metrics or counts it is measured. No figure of ours stands here: `rowCells` looks them up.
import { SCHEDULES } from '../alternate/schedule.ts'
import { paperSchedules } from '../claims.ts'
import { numberText } from '../../rows/figureText.ts'
import { ofTest, type Found, type Measure, type PaperRow } from '../../rows/PaperRow.ts'
import { ap, AP_WITHOUT_MISSES, chosen, gain } from './words.ts'

const schedules = SCHEDULES.map((schedule) => ap(`schedule:${schedule}`, schedule))

/** The contrasts that the paper's claims rest on (G35). */
const claimed = [
  'attention − plain',
  'synthesis − plain',
  'attention+synthesis − plain',
  'attention+synthesis − synthesis',
  'attention+synthesis − attention',
  'plain − unaligned',
].map((contrast) => gain(contrast))

const graft = (metric: string, label: string, as?: 'gain'): Measure => ({
  label,
  arm: 'graft',
  part: 'phantom',
  metric,
  needs: 'likeness of grafts needs the phantom, whose truth is known',
  ...(as ? { as, digits: 1 } : {}),
})

/** AUC of telling grafts from untouched films, .5 is chance: at the boxes, by a search, and of hard pastes, which it must find. */
const seams = (arm: string, words: string): ReadonlyArray<Measure> => {
  const of = (kind: string, metric: string, label: string): Measure => ({
    label,
    arm: kind,
    part: 'train',
    metric,
    extra: true,
  })
  return [
    of(arm, 'forensics-auc-at-box', `AUC of seams${words} at the boxes`),
    of(arm, 'forensics-auc', `AUC of seams${words} by a search`),
    of('paste', 'forensics-auc-at-box', 'hard pastes (instrument) at the boxes'),
    of('paste', 'forensics-auc', 'hard pastes (instrument) by a search'),
  ]
}

/** AP, and in brackets AP.4, AP.5 and AP.6. */
const table1 = (arm: string, label: string): Measure => ({
  ...ap(arm, label),
  more: ['ap-rsna-0.40', 'ap-rsna-0.50', 'ap-rsna-0.60'],
})

const leak = (metric: string, label: string, extra?: true): Measure => ({
  label,
  arm: null,
  part: 'test',
  metric,
  as: 'share',
  needs: 'no split by film was counted, or no patient is known',
  ...(extra ? { extra } : {}),
})

const values = (found: ReadonlyArray<Found>): ReadonlyArray<number> => found.map((one) => one.value)
const largest = (found: ReadonlyArray<Found>): Found => found.reduce((a, b) => (b.value > a.value ? b : a))

const schedulesRun = (found: ReadonlyArray<Found>): string =>
  `${found.length} of ${SCHEDULES.length} schedules run: ${found.map((one) => one.measure.label).join(', ')}`

/** The best of several is no estimate of what a schedule brings: their mean is. */
const bestAgainstMean = (found: ReadonlyArray<Found>): string => {
  const eight = found.filter(({ measure }) => measure.label !== 'attention' && measure.label !== 'plain')
  const others = found
    .filter((one) => !eight.includes(one))
    .map(({ measure, value }) => `${measure.label} ${numberText(value)}`)
  if (eight.length === 0) return others.join('; ')
  const best = largest(eight)
  const mean = values(eight).reduce((sum, value) => sum + value, 0) / eight.length
  return [
    `best ${best.measure.label} ${numberText(best.value)}`,
    `mean of ${eight.length} ${numberText(mean)}`,
    ...others,
  ].join('; ')
}

const consistent = (found: ReadonlyArray<Found>, seeds: number): string => {
  const bounds = found.map(({ low, high, together }) => together ?? { low, high })
  const above = bounds.filter(({ low }) => low > 0).length
  const below = bounds.filter(({ high }) => high < 0).length
  const corrected = found.filter(({ together }) => together).length
  return (
    `of the contrasts measured (${found.length}) the whole interval lies above 0 in ${above}, below 0 in ${below}; ` +
    `${corrected} by bounds of all contrasts together` +
    (seeds < 2 ? '; one training seed, whose chance is in no interval' : '')
  )
}

export const paperRows: ReadonlyArray<PaperRow> = [
  {
    id: 'G1',
    says: 'RSNA’s frontal films in three classes, 1024² brought to 512².',
    flag: '',
    here: chosen`films at ${'read.size'}²`,
    paper: '26,684: Normal 8,851, Lung Opacity 6,012, neither 11,821',
    counts: ['films'],
  },
  {
    id: 'G2',
    says: 'Its boxes (stage-2 labels).',
    flag: '',
    here: chosen`counted in the films at hand, of ${'read.size'}²`,
    paper:
      'labels: 6,012 positives, 1/2/3/4 boxes: 2,614/3,266/119/13 films; 9,555 boxes, median 217 × 298 px of 1024² (w 40–528, h 45–942)',
    counts: ['boxes'],
  },
  {
    id: 'G3',
    says: 'Protocol A: four folds at patient level, the list of an earlier public solution.',
    flag: 'Says 26,684 patients; the list has 25,684 stage-1 ids, and an id is a film (G29).',
    here: chosen`own seeded folds by patient, ${'split.folds'}, run: ${'split.fold'}; sealed share ${'split.holdOut'} (0: the fold is the test part), validation ${'split.validation'}`,
    paper: '4 folds of 6,420 to 6,422',
    counts: ['parts'],
  },
  {
    id: 'G4',
    says: 'Protocol B: 600 films held out, the rest train.',
    flag: 'The list of the 600 is not published.',
    here: chosen`a seeded sealed share of ${'split.holdOut'} of the films, not 600`,
    paper: '600 test films',
  },
  {
    id: 'G5',
    oneFit: '',
    says: 'A spatial transformer (ResNet-18) brings films to one reference, perceptual + L2 loss (eq 1).',
    flag: 'The text compares with the input image, the equation with the reference; one image chosen by hand.',
    here: chosen`as the equation, norm not squared, terms 1:1; reference: the training film nearest the mean; ${'fit-aligner.steps'} steps`,
    paper: '',
    measures: [
      ofTest('aligner', 'corner-disagreement-before', 'disagreement before, film widths'),
      ofTest('aligner', 'corner-disagreement-left', 'share left after'),
    ],
  },
  {
    id: 'G6',
    oneFit: '',
    says: 'Alignment: layers, weights, rate, epochs, start, padding, boxes.',
    flag: 'Silent on all.',
    here: chosen`two fixed random convolutions, Adam up to ${'fit-aligner.learningRate'}, batch ${'fit-aligner.batch'}, random warps ${'fit-aligner.warp'}, θ starts at identity, borders repeat, boxes follow θ and detections go back`,
    paper: '',
    measures: [ofTest('aligner', 'determinant', 'mean det θ')],
  },
  {
    id: 'G7',
    says: 'The nearest normal film by small thumbnails, Euclidean.',
    flag: 'k = 1 is stated for pseudo-abnormals alone.',
    here: chosen`thumbnails of ${'nearest-normal.thumbnail'}², k ${'nearest-normal.k'}, never the same patient, training part only`,
    paper: '32², the nearest',
    counts: ['donors'],
  },
  {
    id: 'G8',
    oneFit: '',
    says: 'Its pixels into every box, then Poisson blending.',
    flag: '',
    here: chosen`Poisson: the donor’s gradients, the film’s own values round the box`,
    paper: '',
    measures: [
      graft('psnr-none', 'dB to the truth: nothing done'),
      graft('psnr-paste', 'paste'),
      graft('psnr-poisson', 'Poisson'),
      graft('psnr-gain-poisson-over-paste', 'Poisson − paste', 'gain'),
      ...seams('poisson', ''),
    ],
  },
  {
    id: 'G9',
    says: 'Radio-realistic GAN: blended films against real normals, plus L1 (eq 2).',
    flag: 'No weight of L1 is given: 1 as printed, 100 in pix2pix.',
    here: chosen`L1 weight ${'fit-realistic.l1Weight'}, ${'fit-realistic.steps'} steps`,
    paper: 'L1 weight 1 as printed',
  },
  {
    id: 'G10',
    oneFit: '',
    says: 'Abnormal-to-normal GAN: the film itself to its pseudo-normal (eq 3).',
    flag: '',
    here: chosen`L1 weight ${'fit-abnormal-to-normal.l1Weight'}, ${'fit-abnormal-to-normal.steps'} steps`,
    paper: '',
    measures: [
      ofTest('generator', 'psnr-outside-boxes', 'dB to the film outside boxes'),
      {
        ...ofTest('generator', 'psnr-gain-over-copying', 'dB to the true normal in boxes, over copying'),
        as: 'gain',
        digits: 2,
        needs: 'the true normal is known on the phantom alone',
      },
    ],
  },
  {
    id: 'G11',
    says: 'Generator of CycleGAN.',
    flag: 'Padding, norm and activations are CycleGAN’s code, not the text.',
    here: chosen`${'fit-realistic.filters'} filters, ${'fit-realistic.blocks'} residual blocks, path from input to output ${'fit-abnormal-to-normal.skip'} (as printed: off)`,
    paper: '64 filters, 9 blocks',
  },
  {
    id: 'G12',
    says: 'Discriminator: 70×70 PatchGAN.',
    flag: '',
    here: chosen`70×70 PatchGAN, ${'fit-realistic.filters'} filters, sees films of ${'fit-realistic.size'}²`,
    paper: '64 filters, 512²',
  },
  {
    id: 'G13',
    says: 'GANs from scratch with Adam.',
    flag: 'Betas are not given.',
    here: chosen`Adam ${'fit-realistic.learningRate'}, β₁ .5, batch ${'fit-realistic.batch'}, ${'fit-realistic.steps'} steps`,
    paper: 'rate 2e-4, batch 4',
  },
  {
    id: 'G14',
    says: 'Training “follows” the earlier solution: Adam, augmentation, SE-ResNeXt101 start.',
    flag: 'Said of the GAN, but such weights cannot start a generator: most likely the detector’s, perhaps its rate and batch also the alternation’s.',
    here: chosen`taken for the detector: Adam up to ${'fit-detector.learningRate'} in one cycle, batch ${'fit-detector.batch'}`,
    paper: 'rate 1e-5, batch 6',
  },
  {
    id: 'G15',
    says: 'The residual |x − G(x)|, brought to the features’ size, weights them.',
    flag: 'Form, levels and normalisation are not given.',
    here: chosen`features times ${'fit-detector.attentionForm'}, levels ${'fit-detector.attentionLevels'}, a residual of ${'fit-detector.attentionReference'} counts as 1 (${'fit-detector.attentionBy'})`,
    paper: '',
    measures: [
      ap('attention', '1+a'),
      ap('attention:a', 'a'),
      gain('attention − attention:a'),
      ap('attention:p3', 'P3 alone'),
      ap('attention:p4-p7', 'P4–P7'),
    ],
  },
  {
    id: 'G16',
    oneFit: '',
    says: 'Residual in pathology only; none on normal films.',
    flag: 'Aims, not results: the paper measures neither.',
    here: chosen`measured on test films at ${'fit-abnormal-to-normal.size'}²`,
    paper: 'aims: outside 0; normals 0',
    measures: [
      ofTest('generator', 'residual-energy-ratio-boxes', 'energy a pixel, boxes / outside'),
      ofTest('generator', 'identity-mae-normals', 'mean change of normals, grey range 1'),
    ],
  },
  {
    id: 'G17',
    says: 'RetinaNet with SE-ResNeXt101, loss on films without boxes, a level more, film-level head, dropout.',
    flag: '',
    here: chosen`ResNet-18, P3–P7; films without boxes train; film head weight ${'fit-detector.globalWeight'}, dropout ${'fit-detector.dropout'}; ${'fit-detector.steps'} steps`,
    paper: '',
  },
  {
    id: 'G18',
    says: 'Exact values of that detector.',
    flag: 'They stand in the earlier solution’s code, not in the paper.',
    here: chosen`${'fit-detector.headChannels'} channels, anchors × ${'fit-detector.anchorFactor'}, clip ${'fit-detector.clipNorm'}, dropout ${'fit-detector.dropout'}, per ${'fit-detector.normaliser'}, score ≥ ${'detect.scoreFloor'}, NMS ${'detect.nmsIou'}`,
    paper: '256 channels, anchors × 1, clip .05, dropout .75, per film, score ≥ .025, NMS .05',
  },
  {
    id: 'G19',
    says: 'Its augmentation, level 20.',
    flag: '',
    here: chosen`strength ${'fit-detector.augmentation'} of shift, scale, turn, shear, gamma, contrast; mirror ${'fit-detector.mirror'}; boxes by eight edge points`,
    paper: '± 32 px, 2^N(0,.15), 6°, 4°, mirror .5, noise, blur',
  },
  {
    id: 'G20',
    says: 'Mask R-CNN for Table 2.',
    flag: 'The films have no masks; what stood in for them is not said.',
    here: chosen`our RetinaNet of ${'fit-detector.headChannels'} channels stands in its place (G25)`,
    paper: '',
  },
  {
    id: 'G21',
    says: 'The GAN first; then detector and generator in turn, a:b epochs.',
    flag: 'That a is the detector is inferred: 1:2 and 2:1 may be swapped.',
    here: chosen`a is the detector; epochs of ${'fit-alternating.epoch'} steps; ${'fit-alternating.steps'} detector steps in each`,
    paper: '8 schedules',
    measures: schedules,
    sum: schedulesRun,
    carriedOut: true,
  },
  {
    id: 'G22',
    says: 'Roles swapped: lesions into films without, about 20,000 more training films.',
    flag: '20,672 is the whole set (G31).',
    here: chosen`k ${'nearest-abnormal.k'}; at most ${'nearest-abnormal.most'} films (0: all); boxes of the donor`,
    paper: 'AP +.016',
    measures: [gain('synthesis − plain')],
  },
  {
    id: 'G23',
    says: 'A: mean over .40:.05:.75 of TP/(TP+FP+FN). B: .4, .5, .6 of TP/(TP+FP).',
    flag: 'B leaves out misses; its 0/0 is not defined.',
    here: chosen`0/0 of B is 0 on a film with a box; a film with neither is not counted; score threshold tuned on the validation part`,
    paper: '',
    measures: [ap('plain', 'A, plain'), ofTest('plain', AP_WITHOUT_MISSES, 'B, plain')],
  },
  {
    id: 'G24',
    says: 'Table 1, AP (AP.4/.5/.6).',
    flag: 'RetinaNet* (.191) and DGM (.239) are other detectors; no interval.',
    here: chosen`RetinaNet† = “unaligned”, +align = “plain”; fold ${'split.fold'}`,
    paper:
      'RetinaNet† .239 (.355/.304/.233); +align .240 (.359/.309/.231); +attn .242 (.367/.312/.234); +syn .256 (.366/.320/.244); +all .260 (.373/.326/.254)',
    measures: [
      table1('unaligned', 'RetinaNet†'),
      table1('plain', '+align'),
      table1('attention', '+attn'),
      table1('synthesis', '+syn'),
      table1('attention+synthesis', '+all'),
    ],
  },
  {
    id: 'G25',
    says: 'Table 2, AP without misses, 600 test films.',
    flag: 'No plain Mask R-CNN; Faster R-CNN .430, SSD .404, YOLOv3 .434, PYolo .468 are other detectors.',
    lacks: 'Mask R-CNN, the detector of Table 2',
    here: chosen`our detector, own split (sealed share ${'split.holdOut'})`,
    paper: 'Mask R-CNN +align .476, +attn .520',
    measures: [
      ofTest('plain', AP_WITHOUT_MISSES, '+align'),
      ofTest('attention', AP_WITHOUT_MISSES, '+attn'),
      gain('attention − plain', AP_WITHOUT_MISSES),
    ],
  },
  {
    id: 'G26',
    says: 'Table 3, AP of eight schedules.',
    flag: 'No interval.',
    here: chosen`${'fit-alternating.steps'} detector steps in each`,
    paper: SCHEDULES.map((schedule) => `${schedule} ${paperSchedules[schedule]}`).join(', '),
    measures: schedules,
  },
  {
    id: 'G27',
    says: '“Evenly distributed” schedules “consistently outperform”.',
    flag:
      '1:2 beats 1:1 and 3:3; four of eight lie below the detector without attention, the gain is the best of eight. Table 1’s +attn .242 is ' +
      '3:3, not the best. RetinaNet*’s AP .191 needs AP.45 ≥ .322, DGM’s ≥ .318: hardly possible (best-IoU matching).',
    here: chosen`best beside mean; ${'fit-alternating.steps'} detector steps in each`,
    paper: 'best 2:2 .246; mean of eight .237; without attention .239',
    measures: [...schedules, ap('plain')],
    sum: bestAgainstMean,
  },
  {
    id: 'G28',
    says: 'Pictures: both directions against CycleGAN and another method; a lesion at a chosen place.',
    flag: 'No score of a picture anywhere; the other method is not named.',
    here: chosen`pictures under “Pictures, step by step”, films of ${'read.size'}²; “radiograft graft” puts a lesion where asked; no CycleGAN beside them`,
    paper: 'pictures alone',
    lacks: 'pictures of CycleGAN and of the other method beside ours',
  },
  {
    id: 'G29',
    says: 'Its folds are of patients.',
    flag: 'RSNA’s patientId is a film: folds by id put patients on both sides.',
    here: chosen`by patient where a map is given; sealed share ${'split.holdOut'}`,
    paper: 'by id 69 % of validation films, 89 % of positives have their patient in training; random 600: 73 %',
    counts: ['patients'],
    measures: [
      leak('test-films-with-patient-in-training', 'test films with their patient in training'),
      leak('positive-test-films-with-patient-in-training', 'positive ones', true),
      leak('test-films-with-known-patient', 'test films whose patient is known', true),
      { ...ap('plain', 'AP by patient'), extra: true },
      { ...ap('plain:by-film', 'AP by film'), extra: true },
    ],
  },
  {
    id: 'G30',
    oneFit: '’s seams',
    says: 'Pseudo-abnormals by “the same framework”.',
    flag: 'Whether a second radio-realistic GAN was used is not said.',
    here: chosen`on in “synthesis” (L1 weight ${'fit-realistic-abnormal.l1Weight'}), off in “synthesis:poisson”`,
    paper: '',
    measures: [
      ap('synthesis', 'on'),
      ap('synthesis:poisson', 'off'),
      gain('synthesis − synthesis:poisson'),
      ...seams('realistic', ', on,'),
    ],
  },
  {
    id: 'G31',
    says: 'Hosts: “normal images” (2.3), or every image without pneumonia (3.2).',
    flag: 'Both are said; “about 20,000” is the whole set, a four-fold training side has 15,504.',
    here: chosen`${'nearest-abnormal.hosts'}, at most ${'nearest-abnormal.most'} (0: all)`,
    paper: '20,672 hosts',
    counts: ['hosts'],
  },
  {
    id: 'G32',
    oneFit: '’s changes of normals',
    says: 'Eq 3 never shows the generator a normal film.',
    flag: 'Nothing teaches it the identity that G16 wants.',
    here: chosen`identity weight ${'fit-abnormal-to-normal.identityWeight'} (as printed: 0)`,
    paper: '',
    measures: [
      ap('attention:identity', 'AP with the term'),
      gain('attention − attention:identity'),
      ofTest('generator', 'identity-mae-normals', 'mean change of normals without'),
      { ...ofTest('generator:identity', 'identity-mae-normals', 'with'), extra: true },
    ],
  },
  {
    id: 'G33',
    says: 'log(1 − D) and an L1 norm; “conditional”, but D sees one unpaired film.',
    flag: 'The loss saturates as printed; sum or mean is a factor of 262,144 at 512².',
    here: chosen`${'fit-realistic.ganLoss'} loss, L1 as a mean over pixels, D sees one film`,
    paper: '',
  },
  {
    id: 'G34',
    says: 'The generator’s turn: its loss, total epochs, Table 3’s fold and arms.',
    flag: 'Silent on all.',
    here: chosen`detector’s loss in the generator’s: weight ${'fit-alternating.detectorWeight'} (0: eq 3 alone; in joint: 1); epochs of ${'fit-alternating.epoch'} steps; fold ${'split.fold'}; no synthesis`,
    paper: '',
    measures: schedules,
    sum: schedulesRun,
    carriedOut: true,
  },
  {
    id: 'G35',
    says: '“Surpassing the state of the art”, “consistent improvements”, attention and synthesis both contribute.',
    flag:
      'AP.4 .373 lies below DGM’s .446 and RetinaNet*’s .414; alignment lowers AP.6; attention’s +.002 and +.004 are +.044 in Table 2, ' +
      'which has no plain Mask R-CNN and no synthesis; backbones differ between rows; no interval.',
    here: chosen`verdicts stand under “What was asked, and the answers”; fold ${'split.fold'}`,
    paper: 'align +.001; attention +.002, +.004; synthesis +.016, +.018; Table 2: attention +.044',
    measures: claimed,
    sum: consistent,
  },
]

/** What `settingsOf` has to look for. */
export const rowSettings: ReadonlyArray<string> = [...new Set(paperRows.flatMap((row) => row.here.settings))]
