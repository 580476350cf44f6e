// The processes of a run. A stage without tensors may follow another in the same process, which saves a start; a stage that
// computes with tensors always gets a new one, because the native runtime keeps state and memory.
import type { Job, JobEvent } from './Job.ts'
import { startWorker } from './Worker.ts'
import type { JobEnd, Worker } from './Worker.ts'

export interface Workers {
  /** Computes a job in a process. `stopped` is called with a function that asks the process to end and waits for it. */
  readonly run: (
    job: Job,
    given: {
      readonly reusable: boolean
      readonly log: string
      readonly observe: (event: JobEvent) => void
      readonly onStart: (stop: () => Promise<void>) => void
    },
  ) => Promise<JobEnd>
  /** Ends all processes. */
  readonly stop: () => Promise<void>
}

export const makeWorkers = (bundle: string, env: Readonly<Record<string, string>>, grace: number): Workers => {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  return {
    run: async (job, { reusable, log, observe, onStart }) => {
      let worker = reusable ? idle.pop() : undefined
      while (worker && !worker.alive()) worker = idle.pop()
      worker ??= startWorker(bundle, env, grace)
      all.add(worker)
      const mine = worker
      onStart(() => mine.stop())
      const end = await mine.run(job, log, observe)
      if (reusable && end._tag === 'done' && mine.alive()) idle.push(mine)
      else {
        await mine.stop()
        all.delete(mine)
      }
      return end
    },
    stop: async () => void (await Promise.all([...all].map((worker) => worker.stop()))),
  }
}
