// A kind of artefact: its name, what a stage reads, what a stage writes, and how it lies on disk. Kinds are a closed
// list (`kinds/`); a stage's ports are kinds, and the types of `R` and `W` are what its entry gets and returns.

/** Column types of a table artefact; the store maps them to Arrow. `json` is utf8 holding canonical JSON, `bytes` a Uint8Array. */
export type ColumnType = 'utf8' | 'float32' | 'float64' | 'int32' | 'bool' | 'json' | 'bytes'

/** How a kind lies on disk. */
export type Storage =
  /** rows of named columns, sorted by the key columns */
  | {
      readonly layout: 'table'
      readonly columns: Readonly<Record<string, ColumnType>>
      readonly sortBy: ReadonlyArray<string>
    }
  /** one row a film: id and a fixed-shape tensor of pixels, sorted by id, in chunks */
  | { readonly layout: 'films' }
  /** a safetensors blob: flat record of named tensors and a JSON configuration */
  | { readonly layout: 'network' }
  /** raw bytes with a media type, a title and a row id */
  | { readonly layout: 'figure' }
  /** canonical JSON */
  | { readonly layout: 'json' }

/** `R` is what an entry reads, `W` what it writes. */
export interface Kind<N extends string, R, W = R> {
  readonly kind: N
  readonly storage: Storage
  readonly _R?: (_: R) => R
  readonly _W?: (_: W) => W
}

/** A port that takes any number of artefacts of one kind. */
export interface Many<K> {
  readonly many: K
}
/** A port that may stay unwired, such as the attention map of a detector without attention. */
export interface Optional<K> {
  readonly optional: K
}
// oxlint-disable-next-line typescript/no-explicit-any -- the bound of every kind: `unknown` would make ports invariant
export type AnyKind = Kind<string, any, any>
export type Port = AnyKind | Many<AnyKind> | Optional<AnyKind>
export type InPorts = Readonly<Record<string, Port>>
export type OutPorts = Readonly<Record<string, AnyKind>>

export const many = <K extends AnyKind>(kind: K): Many<K> => ({ many: kind })
export const optional = <K extends AnyKind>(kind: K): Optional<K> => ({ optional: kind })
/** The kind that a port carries. */
export const kindOf = (port: Port): AnyKind => ('many' in port ? port.many : 'optional' in port ? port.optional : port)

/** What an entry gets on a port. */
export type Read<P> =
  P extends Many<infer K>
    ? ReadonlyArray<Read<K>>
    : P extends Optional<infer K>
      ? Read<K> | undefined
      : P extends Kind<string, infer R, infer _W>
        ? R
        : never
/** What an entry returns on a port. */
export type Written<P> = P extends Kind<string, infer _R, infer W> ? W : never

const make =
  <R, W = R>() =>
  <const N extends string>(kind: N, storage: Storage): Kind<N, R, W> => ({ kind, storage })

/** A kind whose value is an array of rows, typed by its columns. */
export const tableKind = <Row extends object>() => make<ReadonlyArray<Row>>()
export const valueKind = make
