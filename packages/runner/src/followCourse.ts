// What a stage tells while it is computed, as its events come up: handed to the run's book, with what is left of it, and kept for its
// manifest. Used by `computeStage`.
import { machineText } from '@radiograft/artefact-store'
import { canonicalJson } from '@radiograft/pipeline'
import type { Account } from './Account.ts'
import type { Execution } from './Execution.ts'
import type { JobEvent } from './Job.ts'
import { elapsed } from './RunBook.ts'
import { secondsLeft, shareDone } from './secondsLeft.ts'

/** What becomes of a stage as its events come up. */
interface Course {
  metrics: Readonly<Record<string, number>>
  /** of what an earlier run did */
  resumed:
    | {
        readonly step: number
        readonly account: Account
        /** share of the work that was done then */
        readonly from: number
        readonly at: number
      }
    | undefined
}

const totalOf = (total: number | null): number | undefined => total ?? undefined

/** What it needs of an execution. */
interface Followed {
  readonly book: Pick<Execution['book'], 'tell' | 'update' | 'leave' | 'comeBack'>
  readonly options: Pick<Execution['options'], 'inspect' | 'inProcess'>
  readonly kept: Execution['kept']
  readonly plan: Pick<Execution['plan'], 'fingerprint'>
}

/** Tells the run's book what comes up, and keeps what the manifest will say. */
export const followCourse = (
  run: Followed,
  label: string,
  scratch: () => string,
): { readonly course: Course; readonly observe: (event: JobEvent) => void } => {
  const { book, options, kept } = run
  const beganAt = performance.now()
  const course: Course = { metrics: {}, resumed: undefined }
  const observe = (event: JobEvent): void => {
    switch (event._tag) {
      case 'progress': {
        const { from, at } = course.resumed ?? { from: 0, at: beganAt }
        return book.tell({ ...event, label, eta: secondsLeft({ share: event.share, from, seconds: elapsed(at) }) })
      }
      case 'metric':
        course.metrics = { ...course.metrics, [event.name]: event.value }
        return book.tell({ ...event, label })
      case 'log':
      case 'warning':
        return book.tell({ ...event, label })
      case 'resumed': {
        const { step, account } = event
        const total = totalOf(account.total)
        course.resumed = { step, account, from: shareDone(step, account) ?? 0, at: performance.now() }
        course.metrics = { ...account.metrics, ...course.metrics }
        kept.set(label, { label, step, total })
        book.update(label, { resumedAt: step })
        book.tell({ _tag: 'resumed', label, step, total })
        const [before, now] = [account.parts.at(-1)?.fingerprint, run.plan.fingerprint]
        if (before && canonicalJson(before) !== canonicalJson(now)) {
          const message = `goes on from what was computed on ${machineText(before)}; here it is ${machineText(now)}: the last bits may differ from those of a run at one go`
          book.tell({ _tag: 'warning', label, message })
        }
        return undefined
      }
      case 'checkpoint': {
        const total = totalOf(event.total)
        kept.set(label, { label, step: event.step, total })
        return book.tell({ ...event, label, total })
      }
      case 'inspector':
        if (options.inProcess === true) book.leave(scratch())
        return options.inspect?.tell(label, event.url)
      case 'inspected':
        if (options.inProcess === true) book.comeBack(scratch())
        return undefined
      default:
        return undefined
    }
  }
  return { course, observe }
}
