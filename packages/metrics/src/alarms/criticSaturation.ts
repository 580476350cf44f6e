/**
 * Whether a discriminator is so far ahead that it teaches the generator nothing any more: it tells every generated film from every
 * real one, log after log, and the generator's gradient has died down. A critic with gradient penalty (P6) often does the first
 * without harm, because its slope is held at 1; then the gradient does not fall, and there is no alarm.
 */
import { MetricError } from '../MetricError.ts'
import { quantile } from '../quantile.ts'
import type { Alarm } from './Alarm.ts'
import { loggedWindow } from './loggedWindow.ts'

export interface CriticLog {
  readonly step: number
  /** share of (real, generated) pairs in which the real film scores higher, ties a half (`aucScore`): of logits or of a critic alike */
  readonly separation: number
  /** norm of the generator's gradient */
  readonly generatorGradNorm: number
}

export interface SaturationOptions {
  /** logs in a row that must agree @default 5 */
  readonly window?: number
  /** at least so @default 0.99 */
  readonly separation?: number
  /** the window's median gradient below this share of the median of all logs before @default 0.1 */
  readonly gradientShare?: number
}

/**
 * Of fewer than two windows of logs there is no alarm, but for numbers that are not finite, which are one at once.
 * @param log rising steps
 * @throws MetricError when steps do not rise, a separation lies outside [0, 1] or an option is out of range
 */
export const criticSaturation = (
  log: ReadonlyArray<CriticLog>,
  { window = 5, separation: limit = 0.99, gradientShare = 0.1 }: SaturationOptions = {},
): Alarm => {
  if (!(limit > 0.5 && limit <= 1)) throw new MetricError('separation', `must be in (.5, 1], got ${limit}`)
  if (!(gradientShare > 0 && gradientShare < 1))
    throw new MetricError('gradientShare', `must be inside (0, 1), got ${gradientShare}`)
  const { before, recent } = loggedWindow(log, window)
  const wrong = log.find(({ separation }) => separation < 0 || separation > 1)
  if (wrong) throw new MetricError('log', `separation ${wrong.separation} at step ${wrong.step} is not in [0, 1]`)
  const broken = log.findIndex((l) => !(Number.isFinite(l.separation) && Number.isFinite(l.generatorGradNorm)))
  if (broken >= 0)
    return {
      alarm: true,
      reasons: [`at step ${log[broken]!.step} a logged number is not finite`],
      lastGood: lastBelow(log.slice(0, broken), limit),
    }
  const fine: Alarm = { alarm: false, reasons: [], lastGood: null }
  if (before.length < window || !recent.every(({ separation }) => separation >= limit)) return fine
  const [was, is] = [median(before), median(recent)]
  if (!(is < gradientShare * was)) return fine
  const [from, to] = [recent[0]!.step, recent.at(-1)!.step]
  return {
    alarm: true,
    reasons: [
      `from step ${from} to ${to} at least ${limit} of the pairs are told apart`,
      `the generator's gradient norm fell from ${was.toPrecision(3)} to ${is.toPrecision(3)}`,
    ],
    lastGood: lastBelow(before, limit),
  }
}

const median = (log: ReadonlyArray<CriticLog>): number =>
  quantile(
    log.map(({ generatorGradNorm }) => generatorGradNorm).toSorted((a, b) => a - b),
    0.5,
  )

const lastBelow = (log: ReadonlyArray<CriticLog>, limit: number): number | null =>
  log.findLast(({ separation }) => separation < limit)?.step ?? null
