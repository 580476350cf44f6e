// What the answers to all questions say of one generator: P4 (similar shares) and P11 (every class found).
import type { Verdict } from '../verdict.ts'
import { takenOf } from './attempt.ts'
import type { ShareAnswer } from './answerShares.ts'

interface ShareVerdict {
  readonly verdict: Verdict
  readonly why: string
}

/** One question's classes, those of them that are told, and the generator's answer. */
interface Answered {
  readonly classes: ReadonlyArray<string>
  readonly told: ReadonlyArray<number>
  readonly answer: ShareAnswer
}

/**
 * Fails where generated films lie farther from source films than `level` of the splits of real films lie from each other, at equal
 * numbers (Bonferroni over questions). Holds where they do not, real splits lie within the margin, for else nothing could have been seen, and
 * so does the distance's upper bound: a classifier that calls all films alike puts every set, and every split, at the same corner.
 */
export const similarShares = (
  answers: ReadonlyArray<Answered>,
  { level, margin }: { readonly level: number; readonly margin: number },
): ShareVerdict => {
  const spreads = answers.map(({ answer }) => answer.beside!.spread)
  const wanting = spreads.find((spread) => 'why' in spread)
  if (wanting && 'why' in wanting) return { verdict: 'cannot tell', why: wanting.why }
  const taken = spreads.flatMap((spread) => takenOf(spread) ?? [])
  const worst = taken.reduce((a, b) => (b.p < a.p ? b : a))
  const p = Math.min(1, worst.p * taken.length)
  const why =
    `total variation ${worst.observed.toFixed(3)} at equal numbers, real splits up to ${worst.high.toFixed(3)} (95 %), ` +
    `p ${p.toPrecision(2)}`
  if (p <= level) return { verdict: 'fails', why }
  if (!taken.every(({ high }) => high <= margin))
    return { verdict: 'cannot tell', why: `${why}: real films themselves differ by more than ${margin}, give more` }
  const distances = answers.map(({ answer }) => answer.beside!.distance)
  const unmeasured = distances.find((distance) => 'why' in distance)
  if (unmeasured && 'why' in unmeasured) return { verdict: 'cannot tell', why: unmeasured.why }
  const most = Math.max(...distances.flatMap((distance) => takenOf(distance)?.distance.high ?? []))
  if (!(most <= margin))
    return {
      verdict: 'cannot tell',
      why: `${why}: by what is known of the classifier’s errors they may lie ${most.toFixed(3)} apart, validate on more films`,
    }
  return { verdict: 'holds', why: `${why}; at most ${most.toFixed(3)} apart (95 %)` }
}

/** Classes that are not found among generated films; of `shown` ones real films in equal numbers, or fewer, show the class. */
export const missingClasses = (
  answers: ReadonlyArray<Answered>,
): ReadonlyArray<{ readonly name: string; readonly reason: string; readonly shown: boolean }> =>
  answers.flatMap(({ classes, told, answer: { found, beside } }) =>
    told.flatMap((k) => {
      const name = classes[k]!
      if ('why' in found) return [{ name, reason: found.why, shown: false }]
      const missing = found.taken.missing.find((one) => one.name === name)
      return missing ? [{ ...missing, shown: takenOf(beside!.shown)?.classes[k]?.found ?? false }] : []
    }),
  )

/** Fails where a class is missing that real films at equal numbers show; cannot tell where they do not show it either. */
export const allFound = (missing: ReturnType<typeof missingClasses>): ShareVerdict => {
  if (missing.length === 0) return { verdict: 'holds', why: 'every class is found' }
  const why = missing
    .map(
      ({ name, reason, shown }) =>
        `${name} is missing: ${reason}${shown ? '' : '; real films in equal numbers do not show it either'}`,
    )
    .join('; ')
  return { verdict: missing.some(({ shown }) => shown) ? 'fails' : 'cannot tell', why }
}
