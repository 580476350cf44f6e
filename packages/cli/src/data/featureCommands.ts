// What the package that puts films, networks and measures together offers for `fid`, and for runs whose figures are taken in the
// features of a stored network; loaded only by them, in the way of dataCommands.
import type { Dataset } from '@radiograft/pipeline'

interface Identity {
  readonly name: string
  readonly sha256: string | null
  readonly resizeFilter: string
}

export interface FidFigure {
  /** such as `kid-mobilenet-v2-224-n100` */
  readonly metric: string
  readonly protocol: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly confidence: number
  readonly n: { readonly real: number | null; readonly fake: number | null }
  readonly dims: number
  /** null where the first folder is too small for one */
  readonly floor: { readonly n: number; readonly mean: number; readonly spread: number } | null
}

export interface FidLadder {
  readonly corruption: string
  readonly unit: string
  readonly rungs: ReadonlyArray<{
    readonly strength: number
    readonly amount: number
    readonly figure: Omit<FidFigure, 'floor'>
  }>
  readonly rho: number
}

export interface MeasuredFolder {
  readonly folder: string
  readonly layout: string | null
  readonly films: number
  readonly patients: number | null
  readonly left: number
}

export interface MeasuredFolders {
  /** for --json and fid.json */
  readonly record: {
    readonly first: MeasuredFolder
    readonly second: MeasuredFolder | null
    readonly extractor: Identity
    readonly size: number
    readonly figures: ReadonlyArray<FidFigure>
    readonly ladder: { readonly size: number; readonly corruptions: ReadonlyArray<FidLadder> } | null
    readonly notes: ReadonlyArray<string>
    readonly warnings: ReadonlyArray<string>
  }
  /** films whose features were kept from before */
  readonly kept: number
  /** the ladder as SVG */
  readonly plot: string | undefined
}

interface MeasureOptions {
  readonly extractor: { readonly kind: 'pixels' } | { readonly kind: 'mobilenet'; readonly folder: string }
  readonly size: number | undefined
  readonly films: number | undefined
  readonly skipBad: boolean | undefined
  readonly laterals: 'refuse' | 'drop' | undefined
  readonly ladder: boolean
  readonly cache: string | undefined
  readonly workers: number
  readonly startTensors: () => Promise<unknown>
  readonly onProgress: (what: string, done: number, films: number) => void
  readonly signal: AbortSignal
}

export interface FeatureCommands {
  /** Rejects with one error where the folder holds another network than `read-extractor` reads, or none. */
  readonly checkExtractor: (dataset: Dataset) => Promise<void>
  /** Rejects with one error that names the folder, the film or the network's file at fault. */
  readonly measureFolders: (
    first: string,
    second: string | undefined,
    options: MeasureOptions,
  ) => Promise<MeasuredFolders>
}

export const featureCommands = async (): Promise<FeatureCommands> => {
  const commands = '@radiograft/features/commands'
  return (await import(commands)) as FeatureCommands
}
