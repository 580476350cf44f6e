/** One film: [height · width], row-major, in [0, 1]. */
export interface GreyFilm {
  readonly pixels: Float32Array
  readonly height: number
  readonly width: number
}
