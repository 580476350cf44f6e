/** A rendered film of 8 or 16 bits as values in [0, 1], which is what every domain package computes on. */
export const unitFilm = (pixels: Uint8Array | Uint16Array): Float32Array => {
  const white = pixels.BYTES_PER_ELEMENT === 1 ? 255 : 65535
  return Float32Array.from(pixels, (grey) => grey / white)
}
