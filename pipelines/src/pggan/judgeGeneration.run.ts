// Entry of `judge-generation`.
import type { MetricRow, RunOf, Table } from '@radiograft/pipeline'
import { claims, type Claim } from './claims.ts'
import type { judgeGeneration } from './judgeGeneration.ts'
import { byAlarm } from './verdicts/byAlarm.ts'
import { byBound } from './verdicts/byBound.ts'
import { bySaid } from './verdicts/bySaid.ts'
import { untested, type Judged } from './verdicts/Judged.ts'

export const run: RunOf<typeof judgeGeneration> = ({ params, inputs }) => {
  const metrics = inputs.metrics.flat()
  const alone = new Map(claims.map((claim) => [claim.id, judged(claim, metrics, inputs.said, params.seeds)]))
  const cells = claims.map((claim) => {
    const [ours, verdict] = withControls(claim, alone)
    return [claim.rows, claim.claim, claim.paper, ours, verdict, claim.flag]
  })
  const seeds =
    params.seeds === 1
      ? 'one training seed; the chance of training is in none of them'
      : `${params.seeds} training seeds`
  return {
    verdicts: {
      title: 'What is claimed of generated films, and our verdicts',
      rows: 'P1–P5, P8–P11',
      columns: ['rows', 'claim', 'the paper', 'ours, 95 %', 'verdict', 'flag'],
      cells,
      note:
        'A verdict is on the generator of this run and its films, by the rule beside the figure. Intervals are over held-out patients and generated ' +
        `films with ${seeds}. Controls are of sets whose truth is known: where one fails, what rests on it cannot tell.`,
    },
  }
}

const judged = (
  { test }: Claim,
  metrics: ReadonlyArray<MetricRow>,
  said: ReadonlyArray<Table>,
  seeds: number,
): Judged => {
  switch (test.kind) {
    case 'bound':
      return byBound(test, metrics, seeds)
    case 'alarm':
      return byAlarm(test, metrics)
    case 'said':
      return bySaid(test, said)
    case 'none':
      return untested('nothing here can be set beside it')
  }
}

/** A measure that fails on what is known says nothing of what is not. */
const withControls = ({ id, restsOn = [] }: Claim, alone: ReadonlyMap<string, Judged>): Judged => {
  const own = alone.get(id)!
  const failed = restsOn.filter((control) => alone.get(control)?.[1] === 'fails')
  return failed.length === 0 || own[1] === 'not tested'
    ? own
    : [`${own[0]}; by itself it ${own[1]}, but its control fails (${failed.join(', ')})`, 'cannot tell']
}
