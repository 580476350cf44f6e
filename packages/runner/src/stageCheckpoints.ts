// The checkpoints that an entry is handed: those of its key's folder, with an account in each, and with every one told upwards.
import type { Checkpoints } from '@radiograft/checkpoints'
import type { ComputedPart } from '@radiograft/artefact-store'
import { accountOf, withAccount } from './Account.ts'
import type { Account } from './Account.ts'
import type { JobEvent } from './Job.ts'

export interface StageCheckpointsGiven {
  readonly to: Checkpoints & { readonly folder?: string }
  readonly part: Omit<ComputedPart, 'from'>
  readonly emit: (event: JobEvent) => void
  /** steps in all and the share of work as the stage's progress has them so far, and the last value of each metric */
  readonly told: () => Pick<Account, 'total' | 'share' | 'metrics'>
  /** seconds that this part has taken so far */
  readonly seconds: () => number
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** A checkpoint that cannot be read is none: the stage begins anew. That, and one that cannot be written, people are told. */
export const stageCheckpoints = (given: StageCheckpointsGiven): Checkpoints & { readonly folder?: string } => {
  const { to, part, emit, told, seconds } = given
  let before: Account = { parts: [], seconds: 0, total: null, share: null, metrics: {} }
  let from = 0
  /** told already, and no save has succeeded since */
  let failing = false
  return {
    ...(to.folder !== undefined && { folder: to.folder }),
    latest: async () => {
      try {
        const kept = await to.latest()
        const known = kept && accountOf(kept.state)
        if (!kept || !known) return undefined
        from = kept.step
        before = known.account
        emit({ _tag: 'resumed', step: from, account: before })
        return { ...kept, state: known.stage }
      } catch (cause) {
        emit({ _tag: 'warning', message: `no checkpoint could be read, so it begins anew: ${messageOf(cause)}` })
        return undefined
      }
    },
    save: async ({ step, tensors, state }) => {
      const { total, share, metrics } = told()
      const account: Account = {
        parts: [...before.parts, { from, ...part }],
        seconds: before.seconds + seconds(),
        total: total ?? before.total,
        share: share ?? before.share,
        metrics: { ...before.metrics, ...metrics },
      }
      emit({ _tag: 'saving' })
      const began = performance.now()
      try {
        await to.save({ step, tensors, state: withAccount(state, account) })
        failing = false
      } catch (cause) {
        const message = `step ${step} could not be kept, and it goes on without: ${messageOf(cause)}`
        if (!failing) emit({ _tag: 'warning', message })
        failing = true
        throw cause
      }
      const bytes = Object.values(tensors).reduce((sum, { values }) => sum + values.byteLength, 0)
      emit({ _tag: 'checkpoint', step, total: account.total, bytes, seconds: (performance.now() - began) / 1000 })
    },
    clear: () => to.clear(),
  }
}
