// Films in a scratch file, one byte a pixel, written once in order and streamed back: a stage with several film outputs
// renders each film once and holds one in memory. Used by render-phantom's entry.
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

export interface FilmSpool {
  /** @param pixels bytes 0 to `most`, the same number for each film; ids ascending */
  readonly write: (id: string, pixels: Uint8Array) => Promise<void>
  /** Ends writing. */
  readonly close: () => Promise<void>
  /** The films in the order written, pixels / most. May be called again. */
  readonly films: () => AsyncGenerator<{ readonly id: string; readonly pixels: Float32Array }>
}

/** A new spool in an empty place of the folder. `most` is the byte that stands for 1. */
export const filmSpool = async (folder: string, name: string, most: number): Promise<FilmSpool> => {
  const path = join(folder, `${name}.u8`)
  const file: FileHandle = await open(path, 'w')
  const ids: string[] = []
  let length = 0
  return {
    write: async (id, pixels) => {
      length = pixels.length
      ids.push(id)
      await file.write(pixels)
    },
    close: () => file.close(),
    films: async function* () {
      const source = await open(path, 'r')
      try {
        for (const [i, id] of ids.entries()) {
          const bytes = new Uint8Array(length)
          await source.read(bytes, 0, length, i * length)
          yield { id, pixels: Float32Array.from(bytes, (byte) => byte / most) }
        }
      } finally {
        await source.close()
      }
    },
  }
}
