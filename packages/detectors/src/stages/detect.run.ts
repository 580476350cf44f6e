// Entry of `detect`.
import { fromNetworkTensors } from '@radiograft/nn'
import { filmsOf } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { detector as makeDetector } from '../detector.ts'
import { detectorConfig } from '../detectorConfig.ts'
import { retinaNet } from '../network/retinaNet.ts'
import { attentionReader } from './attentionReader.ts'
import type { detect } from './detect.ts'
import type { FilmDetections } from './detectionRows.ts'
import { detectionRows } from './detectionRows.ts'

export const run: RunOf<typeof detect> = async ({ params, inputs, ctx }) => {
  const tf = await loadRuntime({ threads: ctx.threads })
  const { films, split, detector: stored } = inputs
  const config = detectorConfig(stored.config)
  const detector = makeDetector(retinaNet(config.network), {
    ...config,
    batch: params.batch,
    precision: ctx.precision,
    cache: ctx.graphs,
  })
  const weights = fromNetworkTensors(stored.tensors)
  const attentionOf = attentionReader(inputs.attention, config.attention)
  const wanted = filmsOf(split, ...params.parts)
  const seen: FilmDetections[] = []
  for (let at = 0; at < wanted.length; at += params.batch) {
    ctx.signal.throwIfAborted()
    const ids = wanted.slice(at, at + params.batch)
    const [pixels, maps] = await Promise.all([films.rows(ids.map((id) => films.indexOf(id))), attentionOf(ids)])
    const batch = pixels.map((film, i) => ({ pixels: film, attention: maps[i] }))
    const found = await detector.detect(weights, batch, params)
    ids.forEach((film, i) => seen.push({ film, found: found[i]! }))
    ctx.progress(seen.length, wanted.length)
  }
  tf.dispose(weights)
  detector.dispose()
  return { detections: detectionRows(seen) }
}
