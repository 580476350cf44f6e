// Entry of `judge-claims`.
import { filmsToTell, verdict } from '@radiograft/metrics'
import { BETWEEN, type RunOf } from '@radiograft/pipeline'
import { claims, outsideIntervals, type Claim } from './claims.ts'
import type { judgeClaims } from './judgeClaims.ts'
import { atFloor, FLOOR } from './study/atFloor.ts'
import { boundsOf, directionOf, estimateOf } from './study/estimateOf.ts'

const digits = (x: number): string => x.toFixed(3)

/** In words, since films are not all that may be wanting. */
const filmsThatWouldTell = (
  contrast: Parameters<typeof filmsToTell>[0],
  floor: boolean,
  seeds: number,
): string | null => {
  const needed = filmsToTell(contrast)
  if (needed === null) return null
  if (floor) return 'not known: both arms lie near 0'
  if (needed === Infinity) return 'no number of films: the training seeds alone spread wider'
  const more = seeds < 2 ? 'two training seeds or more' : ''
  if (needed <= contrast.films) return more === '' ? 'as many as here' : `as many as here, with ${more}`
  const count = `about ${needed.toLocaleString('en')} counted films (${contrast.films} here)`
  return more === '' ? count : `${count}, with ${more}`
}

/** `ours` with the interval of the contrast alone; bounds of all contrasts together are in columns of their own. */
const before = ['rows', 'claim', 'the paper', 'ours, 95 %'] as const
const after = ['verdict', 'direction', 'films that would tell', 'flag'] as const

/** What the report draws: the paper's gain and ours, to one scale. */
const numbers = ['paper gain', 'gain', 'low', 'high', 'n', 'smallest difference', 'unit', 'arm', 'metric'] as const

/** How sure the difference is where the run has many contrasts; the verdict is by these bounds where they are given. */
const corrected = ['simultaneous low', 'simultaneous high', 'p by Holm'] as const

const orNull = (x: number | undefined): number | null => (x !== undefined && Number.isFinite(x) ? x : null)

export const run: RunOf<typeof judgeClaims> = ({ params, inputs }) => {
  const { seeds } = params
  const rows = inputs.metrics.flat()
  let [together, near] = [0, 0]
  const cells = claims.map(({ claim, paper, rows: ids, contrast, paperGap, flag }: Claim) => {
    const { arm = '', metric = '' } = contrast ?? {}
    const ours = contrast && estimateOf(rows, arm, metric)
    if (!ours) {
      const unmeasured = [paperGap, null, null, null, null, null, 'AP', arm, metric, null, null, null]
      return [ids, claim, paper, 'no arm of it in this run', ...unmeasured, 'cannot tell', 'not known', null, flag]
    }
    const { value, low, high, simultaneous, pHolm, smallest, seedShare, n } = ours
    if (simultaneous) together++
    const bounds = boundsOf(ours)
    const direction = directionOf(bounds)
    const known = direction !== 'not known'
    const floor = atFloor(rows, arm.split(BETWEEN), metric)
    // arms that find nothing have a narrow difference, which would exclude any gain
    const judged = known && !floor ? verdict({ ...bounds, claim: 'greater', paperGap, seeds }) : 'cannot tell'
    if (floor) near++
    const films = known ? filmsThatWouldTell({ ...bounds, films: n, paperGap, seedShare }, floor, seeds) : null
    const figure = `${value >= 0 ? '+' : ''}${digits(value)} [${digits(low)}, ${digits(high)}], n ${n}`
    const drawn = [paperGap, value, orNull(low), orNull(high), n, orNull(smallest), 'AP', arm, metric]
    const sure = [orNull(simultaneous?.low), orNull(simultaneous?.high), orNull(pHolm)]
    return [ids, claim, paper, figure, ...drawn, ...sure, judged, direction, films, flag]
  })
  return {
    verdicts: {
      title: 'The paper’s claims and our verdicts',
      rows: 'G21, G24–G27, G35',
      columns: [...before, ...numbers, ...corrected, ...after],
      cells,
      note:
        `Intervals are 95 % over test patients with ${seeds} training seed(s)` +
        (seeds < 2 ? '; with one seed the verdict is “cannot tell”, whatever the interval.' : '.') +
        (together === 0
          ? ''
          : ` Verdict and direction of ${together} claim(s) are by wider bounds, which hold for all contrasts of the metric together.`) +
        ' The direction says on which side of zero all of the interval lies; a verdict asks besides that it be no wider than the ' +
        'paper’s gain.' +
        (near === 0 ? '' : ` Of ${near} claim(s) both arms lie below ${FLOOR}, and nobody can tell.`) +
        ` ${outsideIntervals} A film is counted when it has a true box or a detection above the threshold.`,
    },
  }
}
