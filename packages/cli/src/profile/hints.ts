// What a reader can do about what a profile shows, in words; only what costs enough to be worth it.
import type { CostRow, OpRow, ProfileSummary } from '@radiograft/tensor/node'

/** Shares of a step from which something is told. */
const least = {
  reference: 0.01,
  reorder: 0.05,
  pads: 0.05,
  host: 0.1,
  idle: 0.1,
  optimiser: 0.05,
  slow: 0.02,
  small: 0.3,
}
/** Of the machine's peak: below it an op is far from what it could be. */
const slowOfPeak = 0.2
/** Layers that are named in one hint, at most. */
const mostNamed = 3

const percent = (share: number): string => `${Math.round(share * 100)} %`

const listed = (names: ReadonlyArray<string>): string =>
  `${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''}`

const placeOf = ({ layer, op }: OpRow): string => (layer === '' ? op : `${layer} (${op})`)

const sum = (rows: ReadonlyArray<CostRow>): number => rows.reduce((total, { share }) => total + share, 0)

export const hints = (summary: ProfileSummary): ReadonlyArray<string> => {
  const shareOf = (kind: ProfileSummary['byKind'][number]['name']): number =>
    summary.byKind.find(({ name }) => name === kind)?.share ?? 0
  const said: string[] = []

  const reference = summary.byOp.filter(({ implementations }) =>
    implementations.some((one) => /(^|[:_])ref\b/.test(one)),
  )
  if (sum(reference) >= least.reference)
    said.push(
      `${listed(reference.map(placeOf))}: oneDNN has no fast code for these shapes (ref), ${percent(sum(reference))} of the step. Try channels that are a multiple of 8 or 16, or fewer groups.`,
    )
  const slow = summary.byOp.filter(
    ({ ofPeak, share }) => ofPeak !== undefined && ofPeak < slowOfPeak && share >= least.slow,
  )
  if (slow.length > 0)
    said.push(
      `${listed(slow.map(placeOf))}: under ${percent(slowOfPeak)} of what this machine can do. Few channels in or out (1 or 3), large filters on them, or maps of a few pixels are the usual reasons.`,
    )
  const reorders = summary.oneDnn.filter(({ kind }) => kind === 'reorder')
  const reorderShare =
    reorders.reduce((total, { milliseconds }) => total + milliseconds, 0) / (summary.secondsPerStep.traced * 1000)
  if (reorderShare + shareOf('reorder, cast') >= least.reorder)
    said.push(
      `Tensors are laid out anew ${Math.round(reorders.reduce((total, { calls }) => total + calls, 0))} times a step, ${percent(reorderShare + shareOf('reorder, cast'))} of it: mostly weights, once for each use. Small batches make this dear; a larger batch pays it once for more films.`,
    )
  if (shareOf('pad, slice, concat') >= least.pads)
    said.push(
      `Pads, slices and joins take ${percent(shareOf('pad, slice, concat'))}: zero padding within a convolution costs nothing, mirrored padding is a copy.`,
    )
  if (shareOf('optimiser') >= least.optimiser)
    said.push(
      `The optimiser takes ${percent(shareOf('optimiser'))}: it goes with the number of weights and not with the batch, so a larger batch makes it count less.`,
    )
  const small = shareOf('elementwise') + shareOf('norm') + shareOf('reduction')
  if (small >= least.small)
    said.push(
      `Elementwise ops, norms and sums take ${percent(small)}: they wait for memory. Fewer of them (a fused op, a norm in fewer passes) helps, more threads do not.`,
    )
  if (shareOf('host') >= least.host)
    said.push(
      `The step waits for the host ${percent(shareOf('host'))} of its time: films are read and batches made between two steps. Smaller films in the store, or making the next batch while a step runs, helps.`,
    )
  if (shareOf('eager op') >= least.host)
    said.push(
      `Ops outside of the compiled graph take ${percent(shareOf('eager op'))}: put them into the compiled function.`,
    )
  if (shareOf('idle') >= least.idle)
    said.push(
      `Nothing runs for ${percent(shareOf('idle'))} of the step: ${Math.round(summary.nodes)} ops, many of them too small for ${summary.threads} threads. A larger batch helps.`,
    )
  return said
}
