// An experiment as the server tells it.

export interface Experiment {
  readonly experimentId: string
  readonly name: string
  readonly lifecycle: 'active' | 'deleted'
  readonly artifactLocation: string
  readonly tags: Readonly<Record<string, string>>
}
