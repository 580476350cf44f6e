// What a stage that trains hands to its loop: where to go on from, when to stop, and how to tell its context of the way.
import type { StageContext } from './Stage.ts'

/**
 * The `FitCourse` of @radiograft/training for a stage's context.
 * @param steps in all
 * @param product what is trained: metrics are called `<product>.<log>`
 */
export const trainingCourse = (
  ctx: Pick<StageContext, 'checkpoints' | 'signal' | 'log' | 'progress' | 'metric'>,
  { steps, product }: { readonly steps: number; readonly product: string },
) => ({
  checkpoints: { to: ctx.checkpoints },
  // the context has said so
  onCheckpointFailed: (): void => {},
  signal: ctx.signal,
  onResume: (done: number): void => {
    ctx.log(`goes on after step ${done} of ${steps}, from a checkpoint`)
    ctx.progress(done, steps)
  },
  onStep: (done: number): void => ctx.progress(done, steps),
  onProgress: ({ step, logs }: { readonly step: number; readonly logs: Readonly<Record<string, number>> }): void => {
    for (const [name, value] of Object.entries(logs)) ctx.metric(`${product}.${name}`, value, step)
  },
})
