// The arms of the study (acceptance list, "What settles each claim", row G): what each trains its detector with. Arms differ in
// what is written here and in nothing else: equal start, steps, films a batch and positives a batch, one threshold rule. Of the
// positives a synthetic film takes the place of a real one; those of `unlabelled`, which have no box, that of a negative.
import { SCHEDULES, type Schedule } from './alternate/schedule.ts'

export interface Arm {
  /** what the detector attends to (G15). @default nothing */
  readonly attention?: 'residual' | 'other-film' | 'untrained' | 'constant' | 'oracle' | 'twin'
  /** films beside the real ones (G22, G30). @default none */
  readonly synthesis?: 'realistic' | 'spread' | 'poisson' | 'paste' | 'repeat' | 'repeat-spread' | 'unlabelled' | 'null'
  /** detector and generator in turn (G21); the detector then attends to the residual. @default the generator first */
  readonly schedule?: Schedule
  /** how features are weighted (G15). @default 1+a */
  readonly form?: '1+a' | 'a'
  /** pyramid levels that attend. @default all */
  readonly levels?: ReadonlyArray<number>
  /** another generator: with the identity term (G32), or without the path from input to output. @default neither */
  readonly generator?: 'identity' | 'no-skip'
  /** positive training films at most. @default all */
  readonly positives?: number
  /** each box teaches the anchor that fits it best, whatever their overlap @default false, the authors' rule (G18) */
  readonly forceBest?: boolean
  /** films as they are, not brought to one frame (G5). @default false */
  readonly unaligned?: boolean
  /** split by film id, as the paper's folds are: films of one patient train and judge (G29). @default by patient */
  readonly byFilm?: boolean
}

const DOSES = [10, 30, 100, 300] as const

const named = {
  plain: {},
  attention: { attention: 'residual' },
  synthesis: { synthesis: 'realistic' },
  'attention+synthesis': { attention: 'residual', synthesis: 'realistic' },
  // what attention could owe its effect to
  'attention:other-film': { attention: 'other-film' },
  'attention:untrained': { attention: 'untrained' },
  'attention:constant': { attention: 'constant' },
  'attention:oracle': { attention: 'oracle' },
  'attention:twin': { attention: 'twin' },
  'attention:a': { attention: 'residual', form: 'a' },
  'attention:p3': { attention: 'residual', levels: [3] },
  'attention:p4-p7': { attention: 'residual', levels: [4, 5, 6, 7] },
  'attention:identity': { attention: 'residual', generator: 'identity' },
  'attention:no-skip': { attention: 'residual', generator: 'no-skip' },
  // what synthesis could owe its effect to
  'synthesis:poisson': { synthesis: 'poisson' },
  'synthesis:paste': { synthesis: 'paste' },
  'synthesis:repeat': { synthesis: 'repeat' },
  'synthesis:unlabelled': { synthesis: 'unlabelled' },
  'synthesis:null': { synthesis: 'null' },
  // the nearest abnormal film is one with little lesion: donors that lend equally often instead
  'synthesis:spread': { synthesis: 'spread' },
  'synthesis:repeat-spread': { synthesis: 'repeat-spread' },
  // on small films a small lesion overlaps no anchor by half, so that nothing learns it
  'plain:force-best': { forceBest: true },
  'synthesis:force-best': { synthesis: 'realistic', forceBest: true },
  unaligned: { unaligned: true },
  // what a split by film would have found; on a phantom of one film a patient the same as by patient
  'plain:by-film': { byFilm: true },
  'attention:by-film': { attention: 'residual', byFilm: true },
} as const satisfies Readonly<Record<string, Arm>>

type DoseArm = `${'plain' | 'synthesis'}@${(typeof DOSES)[number]}` | 'spread@10'
export type ArmName = keyof typeof named | `schedule:${Schedule}` | DoseArm

/** Every arm by its name, which is the value of the axis. */
export const arms = {
  ...named,
  ...Object.fromEntries(SCHEDULES.map((schedule) => [`schedule:${schedule}`, { attention: 'residual', schedule }])),
  ...Object.fromEntries(
    DOSES.flatMap((positives) => [
      [`plain@${positives}`, { positives }],
      [`synthesis@${positives}`, { positives, synthesis: 'realistic' }],
    ]),
  ),
  // where donors are fewest; with all positives it is synthesis:spread
  'spread@10': { positives: 10, synthesis: 'spread' },
} as Readonly<Record<string, Arm>> as Readonly<Record<ArmName, Arm>>

export const armNames = Object.keys(arms) as ReadonlyArray<ArmName>

/** The schedules that the paper's claims are judged by. */
const CLAIMED: ReadonlySet<Schedule> = new Set(['joint', '1:2', '2:2', '3:3'])

/** All that a claim or a control needs. */
export const studyArms = armNames.filter((name) => {
  const { schedule } = arms[name]
  return schedule === undefined || CLAIMED.has(schedule)
})

/** Table 3 whole, beside the two arms that its schedules are compared with (G21, G26). */
export const scheduleArms: ReadonlyArray<ArmName> = [
  'plain',
  'attention',
  ...armNames.filter((name) => arms[name].schedule),
]

/** The question itself: attention and synthesis, each off and on. */
export const mainArms: ReadonlyArray<ArmName> = ['plain', 'attention', 'synthesis', 'attention+synthesis']

/**
 * The contrasts, fixed before any run: first those that settle the paper's claims, then those that say what they owe their
 * effect to.
 */
export const contrasts: ReadonlyArray<string> = [
  'attention − plain',
  'synthesis − plain',
  'attention+synthesis − plain',
  'attention+synthesis − synthesis',
  'attention+synthesis − attention',
  'plain − unaligned',
  'attention:by-film − plain:by-film',
  ...armNames.flatMap((name) => {
    const [kind] = name.split(':')
    if (arms[name].byFilm) return [] // other test films: no pairs
    if (name.startsWith('attention:')) return [`${name} − plain`, `attention − ${name}`]
    if (arms[name].forceBest) return [] // its own control
    if (name.startsWith('synthesis:')) return [`${name} − plain`, `synthesis − ${name}`]
    return kind === 'schedule' ? [`${name} − plain`, `${name} − attention`] : []
  }),
  ...DOSES.map((dose) => `synthesis@${dose} − plain@${dose}`),
  'spread@10 − plain@10',
  'plain:force-best − plain',
  'synthesis:force-best − plain:force-best',
  // the order that theory fixes
  'attention:oracle − attention:twin',
  'attention:oracle − attention:constant',
  'synthesis:poisson − synthesis:paste',
  'plain@300 − plain@10',
  'schedule:2:2 − schedule:1:2',
  'schedule:2:2 − schedule:joint',
  'plain − box-prior',
  'attention − box-prior',
  'plain − brightness',
]
