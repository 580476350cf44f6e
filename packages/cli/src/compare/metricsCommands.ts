// What the package of metrics offers for `compare`, loaded only by it, in the way of dataCommands.

interface ScoreRow {
  readonly film: string
  readonly patient: string
  readonly metric: string
  readonly value: number
}

export interface ScoredPart {
  readonly rows: ReadonlyArray<ScoreRow>
  readonly seen:
    | ReadonlyArray<{
        readonly product: string
        readonly film: string
        readonly patient: string
        readonly role: 'training' | 'tuning' | 'donor'
      }>
    | undefined
  readonly films: ReadonlyMap<string, string>
  /** false where nothing on the way to these scores was learned: no network, and nothing that names what it has seen */
  readonly model: boolean
}

export interface ScoredArm {
  readonly arm: string
  readonly parts: ReadonlyArray<ScoredPart>
}

interface Mean {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

interface PairedMetric {
  readonly arm: string
  readonly metric: string
  readonly a: Mean
  readonly b: Mean
  readonly difference: Mean
  readonly smallestDetectable: number
  readonly verdict: string
}

export interface RunComparison {
  readonly paired: ReadonlyArray<PairedMetric>
  readonly notPaired: ReadonlyArray<{ readonly arm: string; readonly reason: string; readonly text: string }>
  readonly films: ReadonlyArray<{
    readonly arm: string
    readonly common: number
    readonly onlyA: number
    readonly onlyB: number
    readonly replicas: readonly [a: number, b: number]
    readonly leakChecked: boolean
  }>
}

export interface ScoringNode {
  readonly label: string
  readonly stage: string
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, ReadonlyArray<{ readonly node: string; readonly port: string }>>>
  readonly scores: ReadonlyArray<string>
}

export interface MetricsCommands {
  readonly armsOf: (
    nodes: ReadonlyArray<ScoringNode>,
  ) => ReadonlyArray<{ readonly arm: string; readonly node: string; readonly port: string }>
  readonly compareRuns: (
    a: ReadonlyArray<ScoredArm>,
    b: ReadonlyArray<ScoredArm>,
    options: { readonly resamples?: number; readonly metrics?: ReadonlyArray<string> },
  ) => RunComparison
}

export const metricsCommands = async (): Promise<MetricsCommands> => {
  const commands = '@radiograft/metrics/commands'
  return (await import(commands)) as MetricsCommands
}
