// The model registry's two nouns: a name, and its numbered versions.

export interface RegisteredModel {
  readonly name: string
  readonly description: string
  readonly tags: Readonly<Record<string, string>>
  /** Version by alias: `{ champion: '3' }`. */
  readonly aliases: Readonly<Record<string, string>>
}

export interface ModelVersion {
  readonly name: string
  /** Counted by the server from '1'. */
  readonly version: string
  readonly status: string
  readonly source: string
  readonly runId?: string
  readonly description: string
  readonly tags: Readonly<Record<string, string>>
  readonly aliases: ReadonlyArray<string>
}

export interface ModelVersionToCreate {
  /** A registered model's name: `registeredModel` makes it. */
  readonly name: string
  /** `runs:/<run>/model`, or a run's artifact address. */
  readonly source: string
  /** The caller's own unique id, kept as a tag: repeated with it, the first version is found again. */
  readonly id: string
  readonly runId?: string
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
}
