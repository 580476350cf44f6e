// What `graft` needs of two packages that know nothing of each other: the one reads and writes films, the other blends.
// Loaded only by it, in the way of dataCommands.
type Box = readonly [x0: number, y0: number, x1: number, y1: number]
type Four = readonly [x: number, y: number, width: number, height: number]

interface GraftRequest {
  readonly film: string
  readonly donor: string
  readonly box: Four
  readonly donorBox?: Four | undefined
  readonly method: 'paste' | 'poisson'
}

interface PreparedGraft {
  readonly rows: number
  readonly columns: number
  /** [rows · columns], grey levels of the film and of the donor laid over it */
  readonly recipient: Float32Array
  readonly source: Float32Array
  readonly box: Box
}

interface WrittenGraft {
  readonly picture: string
  readonly capture: string
  readonly table: string
  readonly bits: 8 | 16
  readonly donorBox: Four
  readonly resampled: boolean
}

interface GraftCommands {
  /** Rejects with the one thing that is wrong. */
  readonly prepareGraft: (request: GraftRequest) => Promise<PreparedGraft>
  /** Rejects where a file is in the way. */
  readonly writeGraft: (
    prepared: PreparedGraft,
    pixels: Float32Array,
    options: { readonly out: string; readonly boxes: string; readonly force: boolean },
  ) => Promise<WrittenGraft>
}

export const graftCommands = async (): Promise<GraftCommands> => {
  const commands = '@radiograft/data-io/commands'
  return (await import(commands)) as GraftCommands
}

interface Blending {
  readonly paste: (
    recipient: Float32Array,
    donor: Float32Array,
    where: ReadonlyArray<Box>,
    height: number,
    width: number,
  ) => Float32Array
  readonly poissonGraft: (
    source: Float32Array,
    target: Float32Array,
    boxes: ReadonlyArray<Box>,
    height: number,
    width: number,
    options: { readonly clamp: boolean },
  ) => Float32Array
}

/** The package's root: it is plain functions of numbers and loads nothing else. */
export const blending = async (): Promise<Blending> => {
  const blend = '@radiograft/blend'
  return (await import(blend)) as Blending
}
