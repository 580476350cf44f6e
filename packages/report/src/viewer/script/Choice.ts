// Everything that a reader has chosen in the viewer: the film, the filters, how it is looked at. A link holds all of it
// (`fragment.ts`); each part of the viewer draws from it alone.
import type { ViewerData } from '../ViewerData.ts'
import type { GreyWindow } from './greyWindow.ts'
import { WHOLE } from './view.ts'
import type { View } from './view.ts'

export const sorts = {
  film: 'name',
  error: 'error, worst first',
  'error-up': 'error, best first',
  score: 'score, surest first',
  'score-up': 'score, least first',
} as const
export type Sort = keyof typeof sorts

export const modes = { side: 'side by side', wipe: 'wipe', blink: 'blink' } as const
export type Mode = keyof typeof modes

export interface Choice {
  /** place in `ViewerData.films`, −1 for none */
  readonly film: number
  readonly search: string
  /** undefined for any; the empty text is a film of no known class, part or outcome */
  readonly class: string | undefined
  readonly part: string | undefined
  readonly outcome: string | undefined
  /** whose outcome, score and error the list goes by */
  readonly arm: string
  /** only films on which this arm disagrees with `arm` */
  readonly against: string | undefined
  readonly sort: Sort
  /** left and right; in wipe and blink, below and above */
  readonly layers: readonly [string, string]
  readonly mode: Mode
  /** share of the left layer, in [0, 1] */
  readonly wipe: number
  /** sets whose boxes are not drawn */
  readonly hidden: ReadonlySet<string>
  /** words beside the boxes */
  readonly words: boolean
  /** detections below this score are not drawn, in [0, 1] */
  readonly least: number
  readonly invert: boolean
  /** pixels run into one another */
  readonly smooth: boolean
  /** what dragging on a film does */
  readonly drag: 'window' | 'move'
  /** of both panes */
  readonly view: View
  /** by range of values (`rangeKey`): layers in the same units share a window */
  readonly windows: ReadonlyMap<string, GreyWindow>
}

export const firstChoice = ({ films, arms, layers }: ViewerData): Choice => ({
  film: films.length > 0 ? 0 : -1,
  search: '',
  class: undefined,
  part: undefined,
  outcome: undefined,
  arm: arms[0] ?? '',
  against: undefined,
  sort: 'film',
  layers: [layers[0] ?? '', layers[1] ?? layers[0] ?? ''],
  mode: 'side',
  wipe: 0.5,
  hidden: new Set(),
  words: true,
  least: 0,
  invert: false,
  smooth: true,
  drag: 'window',
  view: WHOLE,
  windows: new Map(),
})
