/**
 * The options of `writePhantomFolder` checked and filled in: everything that the films depend on, as README.txt lists it.
 * Options come from a command line too, so types alone do not hold them.
 */
import type { PhantomKnobs } from '../cohorts/knobs.ts'
import type { Bits } from '../imaging/quantise.ts'
import type { PhantomEncoding } from './PhantomLayout.ts'
import { PHANTOM_LAYOUTS, type PhantomLayoutName } from './phantomLayouts.ts'
import { PhantomFolderError } from './PhantomFolderError.ts'

export interface PhantomFolderKnobs extends PhantomKnobs {
  readonly seed: number
  /** Number of films, 1 to 1,000,000. */
  readonly films: number
  /** Pixels along a side: 32, 64, 128, 256, 512 or 1024. */
  readonly size: number
  readonly layout: PhantomLayoutName
  /** Difficulty δ of the findings in [0, 1]. @default 0.4 */
  readonly delta?: number | undefined
  /** DICOM holds 8, 12 or 16, PNG 8 or 16, JPEG 8. @default 8 */
  readonly bits?: Bits | undefined
  /** CheXpert's films are JPEG, or PNG where nothing may be lost. @default the layout's own */
  readonly encoding?: PhantomEncoding | undefined
  /** DICOM: stored so that 0 is white. @default false */
  readonly monochrome1?: boolean | undefined
}

/** Every option with its value; what is drawn film by film says so. */
export interface PhantomRecipe {
  readonly seed: number
  readonly films: number
  readonly size: number
  readonly bits: Bits
  readonly layout: PhantomLayoutName
  readonly encoding: PhantomEncoding
  readonly monochrome1: boolean
  readonly cohort: string
  readonly delta: number
  readonly jitter: number
  readonly noise: number
  readonly view: string
  readonly boxes: number | 'drawn'
  readonly coupling: number
  readonly markerCoupling: number
  readonly distractors: number
  readonly devices: boolean
}

const BITS: Readonly<Record<PhantomEncoding, readonly Bits[]>> = { dicom: [8, 12, 16], png: [8, 16], jpeg: [8] }
const SIZES = [32, 64, 128, 256, 512, 1024]

/** Whole numbers are marked; both ends are allowed. */
const RANGES = {
  seed: [-2_147_483_648, 4_294_967_295, 'whole'],
  films: [1, 1_000_000, 'whole'],
  delta: [0, 1],
  jitter: [0, 10],
  noise: [0, 10],
  coupling: [0, 1],
  markerCoupling: [0, 1],
  // what the opacities leave
  distractors: [0, 0.7747],
} as const

/** @throws PhantomFolderError with reason `option`, naming the option, its value and what is possible */
export function phantomRecipe(folder: string, options: PhantomFolderKnobs): PhantomRecipe {
  const refuse = (option: string, value: unknown, possible: string): never => {
    throw new PhantomFolderError(folder, 'option', `${option} is ${String(value)}`, `Choose ${possible}.`)
  }
  const oneOf = <T>(option: string, value: T, possible: readonly T[]): T =>
    possible.includes(value) ? value : refuse(option, value, possible.join(', '))
  const within = (option: keyof typeof RANGES, value: number): number => {
    const [low, high, whole] = RANGES[option] as readonly [number, number, 'whole'?]
    if (value >= low && value <= high && (whole === undefined || Number.isInteger(value))) return value
    return refuse(option, value, `${whole === undefined ? 'a number' : 'a whole number'} from ${low} to ${high}`)
  }

  const layout = oneOf('layout', options.layout, Object.keys(PHANTOM_LAYOUTS) as PhantomLayoutName[])
  const { encodings } = PHANTOM_LAYOUTS[layout]
  const encoding = oneOf(`encoding of the layout ${layout}`, options.encoding ?? encodings[0], encodings)
  const monochrome1 = options.monochrome1 ?? false
  if (monochrome1 && encoding !== 'dicom') refuse('monochrome1', true, 'it with the layout rsna, whose films are DICOM')
  const { view, boxes } = options
  return {
    seed: within('seed', options.seed),
    films: within('films', options.films),
    size: oneOf('size', options.size, SIZES),
    bits: oneOf(`bits of ${encoding}`, options.bits ?? 8, BITS[encoding]),
    layout,
    encoding,
    monochrome1,
    cohort: oneOf('cohort', options.cohort ?? 'rsna', ['rsna', 'multi']),
    delta: within('delta', options.delta ?? 0.4),
    jitter: within('jitter', options.jitter ?? 1),
    noise: within('noise', options.noise ?? 1),
    view: view === undefined ? 'drawn' : oneOf('view', view, ['PA', 'AP']),
    boxes: boxes === undefined ? 'drawn' : oneOf('boxes', boxes, [1, 2, 3, 4]),
    coupling: within('coupling', options.coupling ?? 0),
    markerCoupling: within('markerCoupling', options.markerCoupling ?? 0),
    distractors: within('distractors', options.distractors ?? 0.443),
    devices: options.devices ?? false,
  }
}
