// Entry of `judge-claims`.
import { filmsToTell, verdict } from '@radiograft/metrics'
import type { RunOf } from '@radiograft/pipeline'
import { claims, type Claim } from './claims.ts'
import type { judgeClaims } from './judgeClaims.ts'

const digits = (x: number): string => x.toFixed(3)

/** An arm that lies below and whose interval touches 0 may have found nothing: widths then say nothing of more films. */
const FLOOR = 0.05

/** In words, since films are not all that may be wanting. */
const filmsThatWouldTell = (
  contrast: Parameters<typeof filmsToTell>[0],
  arms: ReadonlyArray<{ readonly value: number; readonly low: number }>,
  seeds: number,
): string | null => {
  const needed = filmsToTell(contrast)
  if (needed === null) return null
  if (arms.length > 0 && arms.every(({ value, low }) => value < FLOOR && !(low > 0)))
    return 'not known: both arms lie near 0'
  const more = seeds < 2 ? 'two training seeds or more' : ''
  if (needed <= contrast.films) return more === '' ? 'as many as here' : `as many as here, with ${more}`
  const count = `about ${needed.toLocaleString('en')} counted films (${contrast.films} here)`
  return more === '' ? count : `${count}, with ${more}`
}

/** What the report draws: the paper's gain and ours, to one scale. */
const numbers = ['paper gain', 'gain', 'low', 'high', 'n', 'smallest difference', 'unit', 'arm', 'metric'] as const

export const run: RunOf<typeof judgeClaims> = ({ params, inputs }) => {
  const rows = inputs.metrics.flat()
  const cells = claims.map(({ claim, paper, rows: ids, contrast, paperGap, flag }: Claim) => {
    const measured = (metric: string) =>
      rows.find((row) => row.arm === contrast?.arm && row.part === contrast.part && row.metric === metric)
    const ours = contrast && measured(contrast.metric)
    const { arm = '', metric = '' } = contrast ?? {}
    if (!ours) {
      const unmeasured = [paperGap, null, null, null, null, null, 'AP', arm, metric]
      return [ids, claim, paper, 'no arm of it in this run', ...unmeasured, 'cannot tell', null, flag]
    }
    const known = Number.isFinite(ours.low) && Number.isFinite(ours.high)
    const judged = known
      ? verdict({ low: ours.low, high: ours.high, claim: 'greater', paperGap, seeds: params.seeds })
      : 'cannot tell'
    const arms = arm.split(' − ').flatMap((name) => rows.find((row) => row.arm === name && row.metric === metric) ?? [])
    const films = known ? filmsThatWouldTell({ ...ours, films: ours.n, paperGap }, arms, params.seeds) : null
    const figure = `${ours.value >= 0 ? '+' : ''}${digits(ours.value)} [${digits(ours.low)}, ${digits(ours.high)}], n ${ours.n}`
    const smallest = measured(`${metric}-smallest-detectable`)?.value ?? null
    const [low, high] = known ? [ours.low, ours.high] : [null, null]
    const drawn = [paperGap, ours.value, low, high, ours.n, smallest, 'AP', arm, metric]
    return [ids, claim, paper, figure, ...drawn, judged, films, flag]
  })
  return {
    verdicts: {
      title: 'The paper’s claims and our verdicts',
      rows: 'G24–G27, G35',
      columns: ['rows', 'claim', 'the paper', 'ours', ...numbers, 'verdict', 'films that would tell', 'flag'],
      cells,
      note:
        `Intervals are 95 % over test patients with ${params.seeds} training seed(s)` +
        (params.seeds < 2 ? '; with one seed the verdict is “cannot tell”, whatever the interval.' : '.') +
        ' A film is counted when it has a true box or a detection above the threshold.',
    },
  }
}
