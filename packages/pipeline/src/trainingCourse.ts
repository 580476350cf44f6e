// What a stage that trains hands to its loop: where to go on from, when to stop, and how to tell its context of the way.
import type { StageContext } from './Stage.ts'

/**
 * The `FitCourse` of @radiograft/training for a stage's context.
 * @param steps in all
 * @param product what is trained: metrics are called `<product>.<log>`
 * @param share of all work that so many steps are, where steps cost unlike much @default steps cost alike
 * @param note on where so many steps have led to @default none
 */
export const trainingCourse = (
  ctx: Pick<StageContext, 'checkpoints' | 'signal' | 'log' | 'progress' | 'metric'>,
  {
    steps,
    product,
    share,
    note,
  }: {
    readonly steps: number
    readonly product: string
    readonly share?: (done: number) => number
    readonly note?: (done: number) => string
  },
) => {
  const tell = (done: number): void => ctx.progress(done, steps, note?.(done), share?.(done))
  return {
    checkpoints: { to: ctx.checkpoints },
    // the context has said so
    onCheckpointFailed: (): void => {},
    signal: ctx.signal,
    onResume: (done: number): void => {
      ctx.log(`goes on after step ${done} of ${steps}, from a checkpoint`)
      tell(done)
    },
    onStep: tell,
    onProgress: ({ step, logs }: { readonly step: number; readonly logs: Readonly<Record<string, number>> }): void => {
      for (const [name, value] of Object.entries(logs)) ctx.metric(`${product}.${name}`, value, step)
    },
  }
}
