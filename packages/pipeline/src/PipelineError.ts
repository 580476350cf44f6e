// A pipeline file that is wired wrongly in a way that types could not see: an id with two stages, a kind on the wrong port.

export class PipelineError extends Error {
  readonly _tag = 'PipelineError'
  readonly pipeline: string
  constructor(pipeline: string, detail: string, options?: { readonly cause?: unknown }) {
    super(`pipeline '${pipeline}': ${detail}`, options)
    this.name = 'PipelineError'
    this.pipeline = pipeline
  }
}
