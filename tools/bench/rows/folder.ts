// Our side of the row of reading: an RSNA folder into training batches, as the read-films stage reads it: decoded on as many
// threads as the pipeline has, resized, gathered. The folder is checked before, untimed, as the peer's list of files is made.
import { join } from 'node:path'
import { checkFolder, streamFilms } from '@radiograft/data-io'
import { serve } from '../side.ts'

await serve<{ size: number; batch: number }>(async ({ scratch, size, batch, threads }) => {
  const folder = await checkFolder(join(scratch, 'folder'), 'rsna')
  return {
    count: folder.films.length,
    unit: async () => {
      let pixels = new Float32Array(batch * size * size)
      let [held, batches, sum] = [0, 0, 0]
      for await (const film of streamFilms(folder, { size, workers: threads })) {
        pixels.set(film.pixels, held++ * size * size)
        if (held < batch) continue
        for (let i = 0; i < pixels.length; i++) sum += pixels[i]!
        pixels = new Float32Array(batch * size * size)
        held = 0
        batches++
      }
      return { mean: sum / (batches * batch * size * size) }
    },
  }
})
