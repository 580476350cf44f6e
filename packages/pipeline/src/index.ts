/**
 * @radiograft/pipeline: what a pipeline is. Kinds of artefact, stages, parameters, the matrix, and the leakage check.
 * No tensors, no I/O: the runner executes what is described here.
 *
 * ```ts
 * import { Boxes, Films, Stage, param } from '@radiograft/pipeline'
 * export const graft = Stage.make({
 *   name: 'graft', doc: 'Copies donor pixels into boxes.', resource: 'light',
 *   params: {}, inputs: { films: Films, boxes: Boxes }, outputs: { films: Films },
 *   entry: Stage.entry(import.meta.url, './graft.run'),
 * })
 * ```
 */
export * from './Kind.ts'
export * from './kinds/index.ts'
export * from './Param.ts'
export * from './Stage.ts'
export * from './StagePrice.ts'
export * from './Pipeline.ts'
export * from './assertUnseen.ts'
export * from './initialNetwork.ts'
export * from './trainingCourse.ts'
export * from './resolvePipeline.ts'
export * from './validatePipeline.ts'
export * from './toMermaid.ts'
export * from './canonicalJson.ts'
export * from './UnknownNameError.ts'
export * from './InvalidValueError.ts'
export * from './PipelineError.ts'
