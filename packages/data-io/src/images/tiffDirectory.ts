// The first directory of a TIFF (TIFF 6 section 2, and BigTIFF): its whole-number fields and where the next one lies. An
// EXIF block is a TIFF too. Used by tiffLayout and exifOrientation.
import { ImageError } from './ImageError.ts'
import type { ImageSource } from './ImageSource.ts'

export interface TiffDirectory {
  /** the first value of a field, of which no other is read; undefined where it is absent or empty */
  readonly number: (tag: number) => number | undefined
  /** all values of a field; undefined where it is absent */
  readonly numbers: (tag: number) => ReadonlyArray<number> | undefined
  /** offset of the next directory; 0 where this is the last */
  readonly next: () => number
}

const BYTE = 1
const SHORT = 3
const LONG = 4
const LONG8 = 16
const SIZES: Readonly<Record<number, number>> = { [BYTE]: 1, [SHORT]: 2, [LONG]: 4, [LONG8]: 8 }
const CLASSIC = 42
const BIG = 43
/** More than the strips of any picture that is read here. A count is a claim of the file: it is not to fill the memory. */
const MOST_VALUES = 2 ** 20
/** as many as a classic TIFF can have */
const MOST_FIELDS = 2 ** 16 - 1

/** A whole number without a sign, of 1, 2, 4 or 8 bytes. */
const whole = (view: DataView, at: number, size: number, little: boolean): number => {
  if (size === 1) return view.getUint8(at)
  if (size === 2) return view.getUint16(at, little)
  return size === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little))
}

/**
 * The first directory.
 * @throws ImageError truncated or corrupt
 */
export const readTiffDirectory = (source: ImageSource): TiffDirectory => {
  const head = source.read(0, 8)
  const little = head.getUint16(0) === 0x4949
  const version = head.getUint16(2, little)
  const big = version === BIG
  if ((!little && head.getUint16(0) !== 0x4d4d) || (!big && version !== CLASSIC)) {
    throw new ImageError(source.file, 'corrupt', 'it does not begin as a TIFF')
  }
  // bytes of an offset, of the number of entries, of an entry
  const [word, tally, entry] = big ? [8, 8, 20] : [4, 2, 12]
  const number = (view: DataView, at: number, size: number) => whole(view, at, size, little)

  const start = big ? number(source.read(8, 8), 0, 8) : number(head, 4, 4)
  const count = number(source.read(start, tally), 0, tally)
  if (count > MOST_FIELDS) throw new ImageError(source.file, 'corrupt', `it claims to have ${count} fields`)
  const entries = source.read(start + tally, count * entry)

  /** The first values of a field, at most so many as asked for. */
  const values = (tag: number, most: number): ReadonlyArray<number> | undefined => {
    let at = 0
    while (at < entries.byteLength && number(entries, at, 2) !== tag) at += entry
    if (at >= entries.byteLength) return undefined
    const size = SIZES[number(entries, at + 2, 2)]
    if (size === undefined) throw new ImageError(source.file, 'corrupt', `its field ${tag} holds no whole numbers`)
    const claimed = number(entries, at + 4, word)
    const length = Math.min(claimed, most)
    if (length > MOST_VALUES) throw new ImageError(source.file, 'corrupt', `its field ${tag} claims ${claimed} values`)
    const inside = claimed * size <= word
    const bytes = inside
      ? new DataView(entries.buffer, entries.byteOffset + at + 4 + word, word)
      : source.read(number(entries, at + 4 + word, word), length * size)
    return Array.from({ length }, (_, i) => number(bytes, i * size, size))
  }
  const next = (): number => number(source.read(start + tally + count * entry, word), 0, word)
  return {
    number: (tag) => values(tag, 1)?.[0],
    numbers: (tag) => values(tag, Number.POSITIVE_INFINITY),
    next,
  }
}
