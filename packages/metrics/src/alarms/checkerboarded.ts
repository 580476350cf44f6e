/** Whether generated films carry a pattern of the upsampling's period that real films do not (`checkerboardEnergy` measures it). */
import { MetricError } from '../MetricError.ts'
import type { Alarm } from './Alarm.ts'
import { loggedWindow } from './loggedWindow.ts'

export interface CheckerboardLog {
  readonly step: number
  /** `checkerboardEnergy(…).peak` of generated films' mean spectrum; may be Infinity */
  readonly peak: number
  /** its `rms`, films in [0, 1] */
  readonly rms: number
}

export interface CheckerboardOptions {
  /** logs in a row that must agree @default 3 */
  readonly window?: number
  /** above so many times the peak of real films @default 3 */
  readonly times?: number
  /** a weaker pattern is not seen: a quarter of one of 256 grey values @default 0.001 */
  readonly leastRms?: number
}

/**
 * @param log rising steps
 * @param real the peak of real films, as prepared for training: resizing and JPEG leave patterns of their own
 * @throws MetricError when steps do not rise, a number is NaN, or an option is out of range
 */
export const checkerboarded = (
  log: ReadonlyArray<CheckerboardLog>,
  real: Pick<CheckerboardLog, 'peak'>,
  { window = 3, times = 3, leastRms = 0.001 }: CheckerboardOptions = {},
): Alarm => {
  if (!(times > 1)) throw new MetricError('times', `must be above 1, got ${times}`)
  if (!(real.peak > 0 && Number.isFinite(real.peak)))
    throw new MetricError('real', `peak must be finite and above 0, got ${real.peak}`)
  const broken = log.find(({ peak, rms }) => Number.isNaN(peak) || !Number.isFinite(rms))
  if (broken) throw new MetricError('log', `step ${broken.step} has a number that is none`)
  const { before, recent } = loggedWindow(log, window)
  const seen = ({ peak, rms }: CheckerboardLog): boolean => peak > times * real.peak && rms >= leastRms
  if (recent.length < window || !recent.every(seen)) return { alarm: false, reasons: [], lastGood: null }
  const least = Math.min(...recent.map(({ peak }) => peak)).toPrecision(3)
  return {
    alarm: true,
    reasons: [
      `the pattern stands ${least} times above the frequencies around it or more since step ${recent[0]!.step}, in real films ${real.peak.toPrecision(3)} times`,
    ],
    lastGood: before.findLast((entry) => !seen(entry))?.step ?? null,
  }
}
