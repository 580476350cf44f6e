// --data → the datasets of a pipeline: `--data <dir>` where it has one, `--data <name>=<dir>` where it has several.
// What is not bound is the phantom.
import type { AnyPipeline, Dataset } from '@radiograft/pipeline'
import { UsageError } from '../UsageError.ts'
import type { DataCommands } from './dataCommands.ts'
import { detectLayout } from './detectLayout.ts'

/** Throws `UsageError`. */
export const bindDatasets = (
  pipeline: AnyPipeline,
  given: ReadonlyArray<string>,
  left: Pick<Dataset, 'skipBad' | 'laterals'>,
  layouts: Pick<DataCommands, 'detectLayout' | 'describeLayouts'>,
): Readonly<Record<string, Dataset>> => {
  const names = Object.keys(pipeline.datasets as object)
  const bound: Record<string, Dataset> = {}
  for (const text of given) {
    const named = names.find((name) => text.startsWith(`${name}=`))
    if (named === undefined && names.length !== 1)
      throw new UsageError(
        names.length === 0
          ? `--data ${text}: pipeline '${pipeline.name}' takes no data.`
          : `--data ${text}: pipeline '${pipeline.name}' has the datasets ${names.join(', ')}; write --data <name>=<dir>.`,
      )
    const name = named ?? names[0]!
    if (bound[name]) throw new UsageError(`--data is given twice for dataset '${name}'.`)
    bound[name] = { ...detectLayout(named === undefined ? text : text.slice(name.length + 1), layouts), ...left }
  }
  return bound
}
