// Which run of a tracking server computed a stage that was kept, whatever the experiment. Asked for once per run that
// computed, not once per stage: a run may keep a hundred. Used by Delivery.
import { quoted } from '../checks/quoted.ts'
import type { MlflowClient } from '../MlflowClient.ts'
import type { RunInfo } from '../Run.ts'

export type ComputedStage = Pick<RunInfo, 'runId' | 'experimentId' | 'name'>

/** @returns looks for the stage with this key among those that the run of this name computed */
export const computedStages = (
  client: MlflowClient,
): ((key: string, run: string) => Promise<ComputedStage | undefined>) => {
  let experiments: Promise<ReadonlyArray<string>> | undefined
  const byRun = new Map<string, Promise<ReadonlyMap<string, ComputedStage>>>()

  const experimentIds = async (): Promise<ReadonlyArray<string>> => {
    const ids: string[] = []
    for await (const { experimentId } of client.searchExperiments()) ids.push(experimentId)
    return ids
  }
  const stagesOf = async (run: string): Promise<ReadonlyMap<string, ComputedStage>> => {
    experiments ??= experimentIds()
    const stages = new Map<string, ComputedStage>()
    const filter = `tags.\`radiograft.run\` = ${quoted('run', run)} and tags.\`radiograft.status\` = 'computed'`
    for await (const { runId, experimentId, name, tags } of client.searchRuns({
      experimentIds: await experiments,
      filter,
      pageSize: 200,
    }))
      stages.set(tags['radiograft.key'] ?? '', { runId, experimentId, name })
    return stages
  }
  return async (key, run) => {
    const stages = byRun.get(run) ?? stagesOf(run)
    byRun.set(run, stages)
    try {
      return (await stages).get(key)
    } catch (error) {
      // what failed is asked again
      byRun.delete(run)
      experiments = undefined
      throw error
    }
  }
}
