// Small reads of a file turned into few larger ones, so that a header that goes on byte by byte costs a system call a
// block and not one a byte. Used by checkImageFile.

type Read = (offset: number, length: number) => Uint8Array

/**
 * @param size of the file: nothing beyond is asked for
 * @param block bytes read at a time, more only where more are asked for at once
 * @returns like `read`; what it gave before stays as it was
 */
export const readInBlocks = (read: Read, size: number, block: number): Read => {
  let start = 0
  let held = new Uint8Array() as Uint8Array
  return (offset, length) => {
    if (offset < start || offset + length > start + held.length) {
      start = offset
      held = read(offset, Math.max(length, Math.min(block, size - offset)))
    }
    return held.subarray(offset - start, offset - start + length)
  }
}
