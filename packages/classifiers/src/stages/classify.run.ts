// Entry of `classify`.
import { fromNetworkTensors } from '@radiograft/nn'
import type { PredictionRow, RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { classifierConfig } from '../classifierConfig.ts'
import { filmClassifier } from '../filmClassifier.ts'
import { probabilities } from '../probabilities.ts'
import type { classify } from './classify.ts'

export const run: RunOf<typeof classify> = async ({ params, inputs, ctx }) => {
  const { films, classifier: stored } = inputs
  const { height, width } = films
  const config = classifierConfig(stored.config)
  const { task, classes } = config
  const tf = await loadRuntime({ threads: ctx.threads })
  const classifier = filmClassifier(config, { batch: params.batch, precision: ctx.precision, cache: ctx.graphs })
  const weights = fromNetworkTensors(stored.tensors)
  const predictions: PredictionRow[] = []
  try {
    for (let at = 0; at < films.size; at += params.batch) {
      ctx.signal.throwIfAborted()
      const ids = films.ids.slice(at, at + params.batch)
      const rows = await films.rows(ids.map((_, i) => at + i))
      const pixels = new Float32Array(rows.length * height * width)
      rows.forEach((row, i) => pixels.set(row, i * height * width))
      const { logits } = await classifier.classify(weights, { pixels, count: rows.length, height, width })
      ids.forEach((film, i) => {
        const said = probabilities(task, logits.subarray(i * classes.length, (i + 1) * classes.length))
        classes.forEach((name, c) => predictions.push({ film, class: name, probability: said[c]! }))
      })
      ctx.progress(at + ids.length, films.size, 'films')
    }
  } finally {
    tf.dispose(weights)
    classifier.dispose()
  }
  return { predictions }
}
