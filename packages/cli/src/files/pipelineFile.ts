// From what the user wrote to a pipeline: `pipelines/src/granet.ts`, or `granet` where the workspace has that file.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyPipeline } from '@radiograft/pipeline'
import { UsageError } from '../UsageError.ts'

/** Names of the pipelines of a workspace. */
export const pipelineNames = (root: string): ReadonlyArray<string> => {
  try {
    return readdirSync(join(root, 'pipelines/src'))
      .filter((file) => /^[a-z][\w-]*\.ts$/.test(file) && !file.includes('.test.'))
      .map((file) => basename(file, '.ts'))
  } catch {
    return []
  }
}

/** Absolute path of the file. Rejects with `UsageError`. */
export const findPipelineFile = async (given: string, root: string): Promise<string> => {
  const path = resolve(given)
  const there = existsSync(path) ? statSync(path) : undefined
  if (there?.isFile()) return path
  if (there?.isDirectory()) throw new UsageError(`${path} is a folder; give a pipeline file or a name.`)
  const named = join(root, 'pipelines/src', `${given}.ts`)
  if (/^[\w-]+$/.test(given) && existsSync(named)) return named
  if (/[/\\.]/.test(given)) throw new UsageError(`there is no pipeline file ${path}.`)
  const { UnknownNameError } = await import('@radiograft/pipeline')
  throw new UnknownNameError('pipeline', given, pipelineNames(root))
}

const isPipeline = (value: unknown): value is AnyPipeline =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'datasets', 'params', 'presets', 'axes', 'cell', 'gather'].every((member) => member in value)

const firstLines = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')
    .slice(0, 12)
    .join('\n')

/** The pipeline that a file exports. Rejects with `UsageError` naming the file, or with the pipeline's own errors. */
export const loadPipeline = async (path: string): Promise<AnyPipeline> => {
  let module: { readonly default?: unknown }
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
  } catch (cause) {
    throw new UsageError(`the pipeline file ${path} cannot be loaded: ${firstLines(cause)}`, { cause })
  }
  if (!('default' in module))
    throw new UsageError(
      `the pipeline file ${path} has no default export; write \`export default Pipeline.make({ … })\`.`,
    )
  if (!isPipeline(module.default))
    throw new UsageError(`the default export of ${path} is no pipeline; write \`export default Pipeline.make({ … })\`.`)
  return module.default
}
