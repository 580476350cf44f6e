// Films in a scratch file, one or two bytes a pixel, written once in order and streamed back: a stage that makes each film
// once and needs it later holds one in memory. Used by the entries of render-phantom and read-films.
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

export interface FilmSpool {
  /** @param pixels whole numbers from 0 to `most`, as many for each film; ids ascending */
  readonly write: (id: string, pixels: ArrayLike<number>) => Promise<void>
  /** Ends writing. */
  readonly close: () => Promise<void>
  /** The films in the order written, pixels / most. May be called again. */
  readonly films: () => AsyncGenerator<{ readonly id: string; readonly pixels: Float32Array }>
}

/** A new spool in an empty place of the folder. `most` is the number that stands for 1, up to 65,535. */
export const filmSpool = async (folder: string, name: string, most: number): Promise<FilmSpool> => {
  const path = join(folder, `${name}.raw`)
  const file: FileHandle = await open(path, 'w')
  const Stored = most <= 255 ? Uint8Array : Uint16Array
  const ids: string[] = []
  let length = 0
  return {
    write: async (id, pixels) => {
      length = pixels.length
      ids.push(id)
      await file.write(new Stored(pixels))
    },
    close: () => file.close(),
    films: async function* () {
      const source = await open(path, 'r')
      try {
        for (const [i, id] of ids.entries()) {
          const stored = new Stored(length)
          await source.read(stored, 0, stored.byteLength, i * stored.byteLength)
          const pixels = new Float32Array(length)
          for (let p = 0; p < length; p++) pixels[p] = stored[p]! / most
          yield { id, pixels }
        }
      } finally {
        await source.close()
      }
    },
  }
}
