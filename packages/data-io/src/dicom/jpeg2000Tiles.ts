// Whether a JPEG 2000 codestream has all of its tiles (ISO/IEC 15444-1 A.4.2): OpenJPEG fills a missing one with grey and
// says nothing. Used by decodeJpeg2000.

const START_OF_TILE = 0xff90
/** The standard's own limit. */
const MAX_TILES = 65_535

/** Where the tile-parts start: after the marker segments of the main header. */
const firstTilePart = (view: DataView): number => {
  let at = 2
  while (at + 4 <= view.byteLength && view.getUint16(at) !== START_OF_TILE) at += 2 + view.getUint16(at + 2)
  return at
}

/**
 * @param codestream that starts with SOC and a whole SIZ
 * @returns false where a tile is missing, or a tile-part is longer than what is left
 */
export const hasAllTiles = (codestream: Uint8Array): boolean => {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.byteLength)
  // Xsiz 8, Ysiz 12, XTsiz 24, YTsiz 28, XTOsiz 32, YTOsiz 36
  const along = (size: number, tile: number, offset: number): number =>
    Math.ceil((view.getUint32(size) - view.getUint32(offset)) / view.getUint32(tile))
  const tiles = along(8, 24, 32) * along(12, 28, 36)
  // NaN and infinity too, where a tile is 0 wide
  if (!(tiles >= 1 && tiles <= MAX_TILES)) return false
  const seen = new Set<number>()
  let at = firstTilePart(view)
  while (at + 12 <= view.byteLength && view.getUint16(at) === START_OF_TILE) {
    const tile = view.getUint16(at + 4)
    const length = view.getUint32(at + 6)
    if (tile < tiles) seen.add(tile)
    // a length of 0 means up to the end, and at least the segment itself is there
    if (length === 0) break
    if (length < 12 || at + length > view.byteLength) return false
    at += length
  }
  return seen.size === tiles
}
