// --data → the datasets of a pipeline: `--data <name>=<dir>`, and `--data <dir>` for the only one that is not optional.
// What is not bound is the phantom, or where it is optional not there.
import type { AnyPipeline, Dataset, Datasets } from '@radiograft/pipeline'
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
  const datasets = pipeline.datasets as Datasets
  const names = Object.keys(datasets)
  const always = names.filter((name) => !('optional' in datasets[name]!))
  const unnamed = always.length === 1 ? always[0] : names.length === 1 ? names[0] : undefined
  const bound: Record<string, Dataset> = {}
  for (const text of given) {
    const named = names.find((name) => text.startsWith(`${name}=`))
    const name = named ?? unnamed
    if (name === undefined)
      throw new UsageError(
        names.length === 0
          ? `--data ${text}: pipeline '${pipeline.name}' takes no data.`
          : `--data ${text}: pipeline '${pipeline.name}' has the datasets ${names.join(', ')}; write --data <name>=<dir>.`,
      )
    if (bound[name]) throw new UsageError(`--data is given twice for dataset '${name}'.`)
    const found = detectLayout(named === undefined ? text : text.slice(name.length + 1), layouts)
    // a network has no films to be left out
    bound[name] = found.layout === 'layers-model' ? found : { ...found, ...left }
  }
  return bound
}
