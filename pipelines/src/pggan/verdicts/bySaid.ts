import type { Verdict } from '@radiograft/metrics'
import type { Table } from '@radiograft/pipeline'
import type { Test } from '../claims.ts'
import { untested, type Judged } from './Judged.ts'

const worst: ReadonlyArray<Verdict> = ['fails', 'cannot tell', 'holds']

/**
 * Of several seeds the worst verdict: a way of training that fails once does not do what is claimed of it.
 * @param said tables with columns `rows`, `arm`, `verdict`, `because`, one a seed of each title
 */
export const bySaid = (
  { arm, row, from }: Extract<Test, { readonly kind: 'said' }>,
  said: ReadonlyArray<Table>,
): Judged => {
  const lines = said
    .filter(({ title }) => title === from)
    .flatMap(({ columns, cells }) => {
      const at = (name: string): number => columns.indexOf(name)
      return cells
        .filter((line) => line[at('rows')] === row && line[at('arm')] === arm)
        .map((line) => ({ verdict: line[at('verdict')] as Verdict, why: String(line[at('because')]) }))
    })
  const [first, ...others] = lines
  if (!first) return untested('not measured in this run')
  if (others.length === 0) return [first.why, first.verdict]
  const verdict = worst.find((one) => lines.some((line) => line.verdict === one))!
  return [lines.map((line, i) => `training ${i + 1}: ${line.verdict}, ${line.why}`).join('; '), verdict]
}
