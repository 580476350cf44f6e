// Whether two sides do the same work: the numbers that both name, of equal value or within a tolerance. Used before timing.
import type { Numbers, Ready } from './side.ts'

const shared = (a: Numbers, b: Numbers): ReadonlyArray<readonly [string, number, number]> =>
  Object.keys(a)
    .filter((name) => name in b)
    .map((name) => [name, a[name]!, b[name]!])

/** What differs, in words; nothing when they agree. */
export const differences = (
  ours: Pick<Ready, 'same' | 'near'>,
  peer: Pick<Ready, 'same' | 'near'>,
  tolerance: number,
): ReadonlyArray<string> => {
  const near = shared(ours.near, peer.near)
  const apart = (a: number, b: number): boolean => !(Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)))
  const silent =
    Object.keys(ours.near).length > 0 && near.length === 0 ? ['no number of the first unit is given by both'] : []
  return [...shared(ours.same, peer.same).filter(([, a, b]) => a !== b), ...near.filter(([, a, b]) => apart(a, b))]
    .map(([name, a, b]) => `${name} is ${a} here and ${b} there`)
    .concat(silent)
}
