// Whether a picture on disk can be read, without decoding it: its header, and that the end of its pixels is there. Used
// over whole folders before any work.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { ImageHeader } from './GreyImage.ts'
import { ImageError } from './ImageError.ts'
import { headerOf } from './ImageLayout.ts'
import { imageSource } from './ImageSource.ts'
import { readInBlocks } from './readInBlocks.ts'
import { readLayout } from './readLayout.ts'

/** Longer than the header of most films; a longer one costs further reads, of so many bytes or more each. */
const BLOCK = 4 * 1024

const readAt = (file: number, offset: number, length: number, name: string): Uint8Array => {
  const bytes = new Uint8Array(length)
  if (readSync(file, bytes, 0, length, offset) < length) {
    throw new ImageError(name, 'truncated', 'the file became shorter while it was read')
  }
  return bytes
}

/**
 * The header of a picture, its format by content and not by name. Reads about 8 kB, the start and the end of the
 * file; so little that it does not wait for each read in turn.
 * @throws ImageError as `readImage` would, except for what only decoding can show: colour and transparency in files of
 * several channels, and damaged pixels. Node's own error where the file cannot be opened.
 */
export const checkImageFile = async (path: string): Promise<ImageHeader> => {
  const name = basename(path)
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const fetch = readInBlocks((offset, length) => readAt(file, offset, length, name), size, BLOCK)
    return headerOf(readLayout(imageSource(name, size, fetch)))
  } finally {
    closeSync(file)
  }
}
