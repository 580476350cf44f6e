// Who trains, who tunes, who judges, and what the generators are not shown (rows P4, P11).
import type { Build, Cohort, Findings, Labels, Ref } from '@radiograft/pipeline'
import { leaveOutClass, split } from '@radiograft/data-io/stages'

interface Raw {
  readonly labels: Ref<typeof Labels>
  readonly cohort: Ref<typeof Cohort>
}

/**
 * `who.split` is everyone's but the generators': theirs, `seen.split`, has no training film of the class that is left out. By `seen.rest`
 * nobody has: where films of a generator are held against those that it saw, what is held out must be of the same law.
 * @param findings where films are judged by findings the class is one of these
 */
export const people = (
  g: Build,
  { labels, cohort }: Raw,
  findings: Ref<typeof Findings> | undefined,
  p: { readonly holdOut: number; readonly validation: number; readonly leaveOut: string },
) => {
  const whole = g('split', split, { cohort, labels }, { holdOut: p.holdOut, validation: p.validation }).split
  const seen =
    p.leaveOut === ''
      ? { split: whole, rest: whole }
      : g(
          'leave-out-class',
          leaveOutClass,
          { split: whole, labels, ...(findings ? { findings } : {}) },
          { class: p.leaveOut },
        )
  return { who: { split: whole, cohort }, seen }
}
