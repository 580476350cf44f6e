// What the paper claims of generated films (only its abstract is at hand), and what any such claim rests on, as typed data:
// `judgeGeneration` sets our figures beside it. Faults are flags here and are never reproduced silently.

/** By what a claim is judged. */
export type Test =
  /** `arm` of a metric whose name begins so, held against a number */
  | {
      readonly kind: 'bound'
      readonly arm: string
      readonly metric: string
      /** holds where the whole interval lies on this side of it */
      readonly side: 'below' | 'above'
      readonly than: number
      /** of two ways of training, which one seed cannot tell apart; of one network where it is false */
      readonly ofMethods: boolean
    }
  /** what `measure-shares`, `check-shares` or `count-planted` says of the arm and row, once a seed */
  | { readonly kind: 'said'; readonly arm: string; readonly row: string; readonly from: string }
  /** whether metrics whose name begins so are above 0: fails where one is, holds where none is; of a memoriser the other way round */
  | { readonly kind: 'alarm'; readonly arm: string; readonly metric: string; readonly wanted: boolean }
  /** nothing of it can be run here */
  | { readonly kind: 'none' }

export interface Claim {
  readonly id: string
  readonly rows: string
  readonly claim: string
  readonly paper: string
  readonly test: Test
  /** controls, by id: where one fails nothing is said of this claim @default none */
  readonly restsOn?: ReadonlyArray<string>
  /** what is wrong with the claim as printed, or empty */
  readonly flag: string
}

/** Titles of the tables that say something of an arm: `measure-shares` and its controls speak of the same rows. */
const SHARES = 'What the labels of generated films say'
const CHECKED = 'Whether shares that are known are found'
const PLANTED = 'Whether copies of training films are held back'

export const claims: ReadonlyArray<Claim> = [
  {
    id: 'realism',
    rows: 'P2, P9',
    claim: 'FID of generated films is as low as in other high-resolution tasks.',
    paper: 'FID 8.02; on the same data StyleGAN2 with DiffAugment 3.07 elsewhere.',
    test: { kind: 'none' },
    flag:
      'Extractor, resizing, reference and number of films are not given, and FID moves with each: 8.02 stands beside no figure of ours. ' +
      'Distances here stand between real films and a memoriser at equal numbers.',
  },
  {
    id: 'learning',
    rows: 'P1, P8',
    claim:
      'Training brings this network’s films to half of the distance to held-out patients, or nearer, that they had after 1 % of it (KID).',
    paper: '',
    test: { kind: 'bound', arm: 'pggan / pggan-early', metric: 'kid-*', side: 'below', than: 0.5, ofMethods: false },
    flag: 'Ours: the least that must hold before any other figure is read.',
  },
  {
    id: 'growing',
    rows: 'P9, D2',
    claim: 'Growing progressively brings films nearer to held-out patients than a DCGAN at equal images seen (KID).',
    paper: '',
    test: { kind: 'bound', arm: 'pggan − dcgan', metric: 'kid-*', side: 'below', than: 0, ofMethods: true },
    flag: 'Ours: the paper has no other generator beside its own. Both see as many films; neither is tuned further than the other.',
  },
  {
    id: 'on-films',
    rows: 'P2, P4, P11',
    claim:
      'Control: generated films do not lie far from all films: half as often as films of unseen patients, or oftener, they are the nearer ones.',
    paper: '',
    test: {
      kind: 'bound',
      arm: 'pggan',
      metric: 'nearer-to-training-pixels*',
      side: 'above',
      than: 0.25,
      ofMethods: false,
    },
    flag:
      'Ours: the classifier’s errors are counted on real films, and of films that lie far from these it may say anything. On the phantom ' +
      'small generators that were not shown a class made films (.07 and .08) of which a third and more were called it.',
  },
  {
    id: 'shares',
    rows: 'P4',
    claim: 'Generated and source films have similar shares of labels.',
    paper: 'Similar, by a classifier trained on NIH films.',
    test: { kind: 'said', arm: 'pggan', row: 'P4', from: SHARES },
    restsOn: ['known-shares', 'on-films', 'left-out'],
    flag: 'No figure is printed, and the classifier’s own errors are in both shares: ours are corrected for them.',
  },
  {
    id: 'known-shares',
    rows: 'P4',
    claim: 'Control: of two sets of held-out films whose classes are known the same measure finds the shares.',
    paper: '',
    test: { kind: 'said', arm: 'known-mixes', row: 'P4', from: CHECKED },
    flag: 'Ours: where it fails, shares of generated films are not known either.',
  },
  {
    id: 'all-classes',
    rows: 'P11',
    claim: 'All abnormalities are among the generated films.',
    paper: 'All of them.',
    test: { kind: 'said', arm: 'pggan', row: 'P11', from: SHARES },
    restsOn: ['absent-class', 'on-films', 'left-out'],
    flag: 'A classifier that errs finds every class in films that have none: ours counts what its errors alone would have predicted.',
  },
  {
    id: 'absent-class',
    rows: 'P11',
    claim: 'Control: a class that a set of held-out films lacks is reported missing.',
    paper: '',
    test: { kind: 'said', arm: 'mix-without', row: 'P11', from: CHECKED },
    flag: 'Ours: real films, so it says nothing of how the classifier errs on generated ones; that is asked where a class is left out of training.',
  },
  {
    id: 'left-out',
    rows: 'P11',
    claim: 'Control: a class that the generator was not shown is reported missing among its films.',
    paper: '',
    test: { kind: 'said', arm: 'pggan', row: 'P11', from: CHECKED },
    flag: 'Ours, in runs with `leaveOut`: what a generator makes of other classes may still look to the classifier like the one that it lacks.',
  },
  {
    id: 'left-out-dcgan',
    rows: 'P11',
    claim: 'Control: the same of the DCGAN, which was not shown it either.',
    paper: '',
    test: { kind: 'said', arm: 'dcgan', row: 'P11', from: CHECKED },
    flag: '',
  },
  {
    id: 'latents',
    rows: 'P5',
    claim:
      'Climbing a classifier’s score in the latent space brings a class about, beyond the best of as many random latents.',
    paper: 'Films of a class, with related features and complications.',
    test: {
      kind: 'bound',
      arm: 'latent-search − latent-random',
      metric: 'latent-judge-rise',
      side: 'above',
      than: 0,
      ofMethods: false,
    },
    flag: 'The classifier that guides can be gamed: judged by a second one that did not guide.',
  },
  {
    id: 'no-copies',
    rows: 'P10',
    claim: 'Generated films are no copies of training films.',
    paper: '“Images without any ethical concerns.”',
    test: { kind: 'alarm', arm: 'pggan', metric: 'memorised-*', wanted: false },
    restsOn: ['planted', 'memoriser'],
    flag: 'Not measured in the paper. Held-out patients set the scale of what is too near.',
  },
  {
    id: 'planted',
    rows: 'P10',
    claim: 'Control: training films that are planted among generated ones, in another exposure, are all blocked.',
    paper: '',
    test: { kind: 'said', arm: 'planted', row: 'P10', from: PLANTED },
    flag: 'Ours. They are measured apart: what is exported is made of generated films alone.',
  },
  {
    id: 'memoriser',
    rows: 'P10',
    claim: 'Control: a set of training films in another exposure fails the memorisation report.',
    paper: '',
    test: { kind: 'alarm', arm: 'memoriser', metric: 'memorised-*', wanted: true },
    flag: 'Ours.',
  },
  {
    id: 'readers',
    rows: 'P3',
    claim: 'To a radiologist global features are consistent, small details are lacking.',
    paper: 'One practising radiologist; in the second version readers tell real from generated films.',
    test: { kind: 'none' },
    flag: 'No reader took part here.',
  },
]
