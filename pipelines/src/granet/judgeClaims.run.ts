// Entry of `judge-claims`.
import { filmsToTell, verdict } from '@radiograft/metrics'
import type { RunOf } from '@radiograft/pipeline'
import { claims, type Claim } from './claims.ts'
import type { judgeClaims } from './judgeClaims.ts'

const digits = (x: number): string => x.toFixed(3)

export const run: RunOf<typeof judgeClaims> = ({ params, inputs }) => {
  const rows = inputs.metrics.flat()
  const cells = claims.map(({ claim, paper, rows: ids, contrast, paperGap, flag }: Claim) => {
    const ours =
      contrast &&
      rows.find((row) => row.arm === contrast.arm && row.part === contrast.part && row.metric === contrast.metric)
    if (!ours) return [ids, claim, paper, 'no arm of it in this run', 'cannot tell', '', flag]
    const known = Number.isFinite(ours.low) && Number.isFinite(ours.high)
    const judged = known
      ? verdict({ low: ours.low, high: ours.high, claim: 'greater', paperGap, seeds: params.seeds })
      : 'cannot tell'
    const films = known ? filmsToTell({ low: ours.low, high: ours.high, films: ours.n, paperGap }) : null
    const figure = `${ours.value >= 0 ? '+' : ''}${digits(ours.value)} [${digits(ours.low)}, ${digits(ours.high)}], n ${ours.n}`
    return [ids, claim, paper, figure, judged, films === null ? '' : String(films), flag]
  })
  return {
    verdicts: {
      title: 'The paper’s claims and our verdicts',
      rows: 'G24–G27, G35',
      columns: ['rows', 'claim', 'the paper', 'ours', 'verdict', 'films that would tell', 'flag'],
      cells,
      note:
        `Intervals are 95 % over test patients with ${params.seeds} training seed(s)` +
        (params.seeds < 2 ? '; with one seed the verdict is “cannot tell”, whatever the interval.' : '.'),
    },
  }
}
