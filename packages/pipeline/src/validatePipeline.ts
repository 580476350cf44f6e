// Checks a pipeline file as it is loaded: every preset resolves, with each dataset bound and unbound. Cycles cannot
// be written (a reference exists only after its node), and kinds are checked wherever a port is wired.
import type { AnyPipeline } from './Pipeline.ts'
import { PipelineError } from './PipelineError.ts'
import { resolvePipeline } from './resolvePipeline.ts'
import type { ResolvedPipeline } from './resolvePipeline.ts'

const nameRule = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/**
 * Throws `PipelineError`, `UnknownNameError` or `InvalidValueError` for the first fault; answers the resolved presets (no
 * dataset bound).
 */
export const validatePipeline = (pipeline: AnyPipeline): Readonly<Record<string, ResolvedPipeline>> => {
  for (const preset of ['quick', 'default', 'paper'])
    if (!(preset in pipeline.presets)) throw new PipelineError(pipeline.name, `preset '${preset}' is missing`)
  for (const name of Object.keys(pipeline.axes as object))
    if (name in pipeline.params) throw new PipelineError(pipeline.name, `'${name}' is both a parameter and an axis`)
  const resolved: Record<string, ResolvedPipeline> = {}
  for (const preset of Object.keys(pipeline.presets)) {
    const bound = Object.keys(pipeline.datasets as object).map((name) => [name, { layout: 'rsna', root: '/' }] as const)
    for (const datasets of [Object.fromEntries(bound), {}])
      resolved[preset] = resolvePipeline(pipeline, { preset, datasets })
    for (const node of resolved[preset]!.nodes) {
      for (const [what, name] of [
        ['id', node.id],
        ['stage name', node.stage?.name ?? node.id],
      ] as const)
        if (!nameRule.test(name))
          throw new PipelineError(pipeline.name, `the ${what} '${name}' is not lower-case words joined by '-'`)
      if (node.stage && !/\.run\.(ts|js)$/.test(node.stage.entry.pathname))
        throw new PipelineError(pipeline.name, `the entry of stage '${node.stage.name}' is not a .run file`)
    }
  }
  return resolved
}
