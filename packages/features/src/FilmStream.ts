// Films one after another with whom each belongs to: what features are taken of without all films in memory. Made by the
// command from folders, and by anyone from an array.
export interface FilmStream {
  readonly ids: ReadonlyArray<string>
  /** `units[i]` owns film i: its patient; a generated film is its own unit */
  readonly units: ReadonlyArray<string>
  readonly height: number
  readonly width: number
  /** pixels of every film in the order of ids, [height · width] in [0, 1] each; may be asked for again */
  readonly pixels: () => Iterable<Float32Array> | AsyncIterable<Float32Array>
}
