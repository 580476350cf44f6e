// The orders of arms that theory fixes before any run, each with its reason and where it comes from: what shows whether the
// detector uses the map, whether the films added teach it, and what an effect is owed to. Where nothing fixes an order, the
// pair stands with `?` and is only measured; so does what a pilot on the study’s own films suggested, which those films cannot
// confirm. `phantom, answer n`: known answers of the phantom's specification.
import { SCHEDULES } from '../alternate/schedule.ts'
import type { ArmName } from '../arms.ts'
import { paperSchedules } from '../claims.ts'

/**
 * `>`: must be above; `≥`: is to be above, and must not be below by what would matter; `=`: may differ by less than that; `?`: no
 * order is fixed.
 */
export type Expected = '>' | '≥' | '=' | '≤' | '<' | '?'

type Side = ArmName | 'box-prior' | 'brightness'

export interface Order {
  readonly left: Side | `${Side} − ${Side}`
  readonly expected: Expected
  readonly right: Side | `${Side} − ${Side}`
  readonly why: string
  /** row ids of the acceptance list, answers of the phantom, or the paper’s tables */
  readonly source: string
}

const order = (left: Order['left'], expected: Expected, right: Order['right'], why: string, source: string): Order => ({
  left,
  expected,
  right,
  why,
  source,
})

/** Where an order comes from that these films cannot confirm: it was seen on some of them. */
const PILOT = 'from a pilot on the study’s films'

export const orders: ReadonlyArray<Order> = [
  // what attention is owed to
  order(
    'attention:oracle',
    '≥',
    'attention:twin',
    'the mask itself; the true twin’s residual is nearly it',
    'G15; phantom, answer 5',
  ),
  order(
    'attention:twin',
    '≥',
    'attention',
    'the best that a generator can reach is the true twin',
    'G15; phantom, answer 4',
  ),
  order('attention', '>', 'attention:other-film', 'a residual of this film against one of another', 'G15'),
  order('attention', '>', 'attention:untrained', 'a generator that learned against one that did not', 'G15'),
  order('attention', '>', 'attention:constant', 'a map that may mark the lesion against one that marks nothing', 'G15'),
  order(
    'attention:oracle',
    '>',
    'attention:constant',
    'a map that marks the lesion must help, or the detector does not use its map',
    'G15',
  ),
  order('attention:oracle', '>', 'plain', 'the lesion is pointed out, on test films too', 'G15'),
  order('attention:twin', '>', 'plain', 'nearly the mask: bounds what attention can give', 'G15; phantom, answer 5'),
  order('attention:constant', '=', 'plain', 'a constant map only scales the features', 'G15'),
  order('attention', '≥', 'attention:a', 'a alone erases the features where the generator missed the lesion', 'G15'),
  order('attention', '≥', 'attention:p3', 'all levels have the map of the one', 'G15'),
  order('attention', '≥', 'attention:p4-p7', 'all levels have the maps of these', 'G15'),
  order('attention:identity', '≥', 'attention', 'taught to leave tissue without a lesion as it is', 'G16, G32'),
  order(
    'attention',
    '≥',
    'attention:no-skip',
    'without the path the generator draws the whole film anew, and its faults are the residual',
    'G11',
  ),
  ...SCHEDULES.map((schedule) =>
    order(
      `schedule:${schedule}`,
      '?',
      'attention',
      `the paper has no arm whose generator is trained first alone; it prints ${paperSchedules[schedule]} for ${schedule}`,
      'G21, G26',
    ),
  ),
  // what synthesis is owed to
  order('synthesis', '≥', 'synthesis:poisson', 'the second GAN brings the graft nearer to real films', 'G30'),
  order(
    'synthesis:poisson',
    '≥',
    'synthesis:paste',
    'no seam to learn instead of the lesion (22.5 against 19.8 dB)',
    'G22; phantom, answer 3',
  ),
  order('synthesis', '≥', 'synthesis:repeat', 'lesions on other anatomy against the same films again', 'G22'),
  order(
    'synthesis:spread',
    '?',
    'synthesis',
    `the nearest abnormal film is one with little lesion, so nearest donors lend small ones; above, ${PILOT}`,
    'G22, G30',
  ),
  order(
    'synthesis:repeat-spread',
    '?',
    'plain',
    `the same positives, each as often as any other; there to explain synthesis:spread, ${PILOT}`,
    'G17',
  ),
  order(
    'plain:force-best',
    '?',
    'plain',
    `at 64² a quarter of the boxes overlaps no anchor by half and teaches nothing, unless the best is forced; above, ${PILOT}`,
    'G18',
  ),
  order('synthesis:force-best', '?', 'plain:force-best', 'synthesis where small lesions are learned too', 'G18, G22'),
  order('synthesis:repeat', '=', 'plain', 'half of each batch is positive anyway', 'G17'),
  order(
    'synthesis:null',
    '<',
    'plain',
    'normal tissue labelled as lesion: must be worse than no augmentation (.737 against .805)',
    'phantom, answer 8',
  ),
  order('synthesis:null', '<', 'synthesis', 'the same films added, without the lesion', 'phantom, answer 8'),
  order('synthesis:unlabelled', '<', 'synthesis', 'the same pixels, the lesions called background', 'G22'),
  order('synthesis:unlabelled', '≤', 'plain', 'lesions called background teach to miss lesions', 'G22'),
  order('plain@300', '>', 'plain@10', 'more positives, better detector (.805 to .884)', 'phantom, answer 8'),
  order(
    'synthesis@10',
    '≥',
    'plain@10',
    'ten lesions on many films against the same ten films again',
    'G22, “What settles each claim”',
  ),
  order(
    'synthesis@10 − plain@10',
    '>',
    'synthesis@300 − plain@300',
    'the gain must shrink as positives grow',
    'G22, “What settles each claim”',
  ),
  // against no detector at all
  order('plain', '>', 'box-prior', 'below the prior boxes a detector learned nothing', 'phantom, answer 6'),
  order('plain', '>', 'brightness', 'a detector sees more than bright pixels', 'phantom, answer 6'),
]

/** Its words: `attention:oracle ≥ attention:twin`; contrasts in brackets. */
export const orderName = ({ left, expected, right }: Order): string => {
  const side = (name: string): string => (name.includes(' − ') ? `(${name})` : name)
  return `${side(left)} ${expected} ${side(right)}`
}
