// Rows P1 to P11 of the acceptance list as typed data: what the paper says (only its abstract is at hand), what is wrong with it or
// left open, what this pipeline does, and by which metrics or counts it is measured. No figure of ours stands here.
import { ofTest, type Measure, type PaperRow } from '../../rows/PaperRow.ts'
import { chosen } from './words.ts'

/** Shown where it is there, and no row waits for it. */
const also = (measure: Measure): Measure => ({ ...measure, extra: true })

/** Of each generator, and of real films at equal numbers. */
const ofArms = (metric: string, label: string): ReadonlyArray<Measure> => [
  ofTest('pggan', metric, `${label} of pggan`),
  ...['dcgan', 'pggan-early', 'real-floor', 'memoriser'].map((arm) => also(ofTest(arm, metric, `${label} of ${arm}`))),
]

export const paperRows: ReadonlyArray<PaperRow> = [
  {
    id: 'P1',
    says: 'A progressively growing GAN makes chest films of nothing, unconditional, 1024², from the 112,120 films of ChestX-ray14.',
    flag: 'The abstract says “high resolution”: 1024² is from the authors’ code, the number of films from the data set.',
    here: chosen`unconditional, films of ${'fit-progressive.size'}², latents of ${'fit-progressive.latent'} numbers, ${'fit-progressive.largest'} channels at most`,
    paper: '1024²; 112,120 films',
    counts: ['films', 'parts'],
  },
  {
    id: 'P2',
    says: 'FID is validated for chest films, and is 8.02: “similar to other high resolution tasks”.',
    flag: 'Number of films, extractor, resizing and reference are not given, and FID moves with each.',
    here: chosen`features of the classifier trained on the cohort’s training patients, and of a second network where one is given, each by itself; FID in ${'measure-distribution.dims'} principal directions of the training films at most, at most ${'measure-distribution.films'} films a set`,
    paper: 'FID 8.02',
    measures: [
      ...ofArms('fid-principal*', 'FID'),
      ...ofArms('kid-*', 'KID'),
      ...['noise', 'blur', 'contrast', 'occlusion', 'swirl'].map((name) =>
        ofTest(`ladder-${name}`, 'spearman-kid*', `rank correlation of KID with ${name}`),
      ),
    ],
  },
  {
    id: 'P3',
    says: 'One practising radiologist finds global features consistent and small details lacking; in the second version readers tell real from generated films.',
    flag: 'One reader, no figure in the abstract.',
    here: chosen`grids of generated beside held-out films, for whoever reads`,
    paper: '',
    lacks: 'no reader took part',
  },
  {
    id: 'P4',
    says: 'Shares of labels among generated and source films, by the same classifier, are similar.',
    flag: 'No figure; the classifier’s errors are in both shares.',
    here: chosen`small CNN of ${'fit-classifier.steps'} steps on training patients; shares corrected for its errors on validation films, intervals over patients; the same measure on sets of held-out films whose shares are known`,
    paper: 'similar',
    measures: [
      ofTest('pggan − source', 'share-total-variation', 'total variation of shares'),
      ofTest('known-mixes', 'known-shares-recovered', 'control: known shares within their bounds'),
      also(ofTest('pggan − source', 'share-total-variation-p', 'p of it among splits of real films')),
      also(ofTest('source', 'share-total-variation-real-splits*', 'of real films split in two')),
    ],
  },
  {
    id: 'P5',
    says: 'Gradient on the latent towards a classifier’s class, the generator frozen; related features appear.',
    flag: 'A classifier can be gamed; nothing is set beside the search.',
    here: chosen`on the sphere, ${'search-latents.starts'} starts of ${'search-latents.calls'} calls; a second classifier judges; the best of as many random latents beside it`,
    paper: '',
    measures: [
      ofTest('latent-search − latent-random', 'latent-judge-rise', 'judge: search − best of random'),
      ofTest('latent-search', 'latent-guide-rise', 'guide: rise'),
      ofTest('latent-search', 'latent-nearest-training-rise', 'distance to the nearest training film: rise'),
      ofTest('latent-search', 'latent-findings-that-rose', 'findings that rose with it'),
    ].map((measure) => ({ ...measure, part: 'common' })),
  },
  {
    id: 'P6',
    says: 'z 512; channels 512 to 32², then halved to 16 at 1024²; WGAN-GP (10) with drift .001; Adam 1e-3, β 0/.99; average .999; 800,000 films a fade.',
    flag: '',
    here: chosen`schedule ${'fit-progressive.schedule'}, ${'fit-progressive.fadeImages'} films a fade, ${'fit-progressive.stableImages'} stable, ${'fit-progressive.lastImages'} at the last resolution; ${'fit-progressive.adversary'}, learning rate ${'fit-progressive.learningRate'}, average ${'fit-progressive.emaDecay'}. Preset “paper” has the authors’ own`,
    paper: '',
  },
  {
    id: 'P7',
    says: 'The published code.',
    flag: 'Cannot run as it is: wrong package name, a penalty without its critic; scales biases too, does not fade reals, takes the deviation over the whole batch.',
    here: chosen`none of these is copied: reals are faded, weights alone are scaled, deviation in groups of ${'fit-progressive.group'}; a test each fails where it is`,
    paper: '',
  },
  {
    id: 'P8',
    says: 'The reference: fades of reals, Adam anew at each resolution, group deviation, average moved on the critic’s step; SWD, FID, MS-SSIM.',
    flag: '',
    here: chosen`as the reference; ${'measure-variety.patches'} patches a film and level in ${'measure-variety.directions'} directions`,
    paper: '',
    measures: [
      ...ofArms('swd-*', 'SWD').filter(({ arm }) => arm !== 'memoriser'),
      ...ofArms('diversity-ms-ssim*', 'MS-SSIM of pairs').filter(({ arm }) => arm !== 'memoriser'),
    ],
  },
  {
    id: 'P9',
    says: 'Bars: FID 8.02; StyleGAN2 with DiffAugment on ChestX-ray14 3.07; six readers at 67–70 % accuracy elsewhere.',
    flag: 'Of other extractors, numbers and films: none stands beside a figure of ours.',
    here: chosen`a DCGAN at ${'fit-dcgan.images'} films seen, and the same network after 1 % of its training`,
    paper: '8.02; 3.07',
    measures: [
      ofTest('pggan − dcgan', 'kid-*', 'KID: pggan − dcgan'),
      also(ofTest('pggan / pggan-early', 'kid-*', 'KID: pggan over pggan-early')),
      also(ofTest('pggan − pggan-early', 'kid-*', 'KID: pggan − pggan-early')),
    ],
  },
  {
    id: 'P10',
    says: '“Images without any ethical concerns” for teaching and other work.',
    flag: 'A generator that remembers films leaks them: not measured in the paper.',
    here: chosen`nearest training beside nearest held-out film of each generated one, in pixels of ${'measure-memorisation.side'}² and in features, of the classifier and of a second network where one is given; near copies are blocked on export. Whether near films copy training patients more often than held-out ones, and whether the set leans to training as held-out films do not, has the chance of dealing the patients anew, for films of one patient are near to each other and films near the mean are near to all; ${'plant-copies.copies'} training films planted among generated ones, and a memoriser, as controls`,
    paper: '',
    measures: [
      ofTest('pggan', 'near-copy-share-pixels*', 'near copies, pixels'),
      also(ofTest('pggan', 'near-copy-share-features*', 'near copies, features')),
      ofTest('pggan', 'near-copy-chance-*', 'chance that as many copy training patients'),
      ofTest('pggan', 'nearer-to-training-pixels*', 'nearer to training (.5 is honest)'),
      ofTest('pggan', 'leans-to-training-*', 'leans to training more than held-out films do (.5 is honest)'),
      ofTest('pggan', 'lean-chance-*', 'chance of as much'),
      ofTest('pggan', 'near-copies-blocked', 'blocked on export'),
      ofTest('planted', 'planted-blocked', 'control: planted training films blocked'),
      also(ofTest('planted-others', 'planted-blocked', 'films of other patients, planted alike, blocked')),
      ofTest('memoriser', 'near-copy-share-pixels*', 'control: near copies of a memoriser, pixels'),
    ],
  },
  {
    id: 'P11',
    says: '“Reproducing all the abnormalities”.',
    flag: 'A classifier that errs finds every class in films that have none.',
    here: chosen`every class found among ${'sample-films.films'} films beyond what the classifier’s errors would have predicted; distances of real films to real films at equal numbers beside ours`,
    paper: 'all',
    measures: [
      ofTest('pggan', 'classes-missing', 'classes missing'),
      ofTest(
        'mix-without',
        'absent-class-missing',
        'control: a class that real films lack is missed (1 is all of them)',
      ),
      also(ofTest('pggan', 'absent-class-missing', 'control: the class left out of training is missed')),
      also(ofTest('dcgan', 'absent-class-missing', 'the same of dcgan')),
      ofTest('real-floor', 'fid-principal*', 'FID of real films to real films'),
    ],
  },
]

/** What `settingsOf` has to look for. */
export const rowSettings: ReadonlyArray<string> = [...new Set(paperRows.flatMap((row) => row.here.settings))]
