// Logits to probabilities in float64, on the host: softmax where classes exclude one another, else each by itself.
import type { ClassifierTask } from './classifierConfig.ts'

/** @param logits of one film, [classes] @returns [classes] in [0, 1]; of classes they sum to 1 */
export const probabilities = (task: ClassifierTask, logits: ArrayLike<number>): Float64Array => {
  if (task === 'findings') return Float64Array.from(logits, (x) => 1 / (1 + Math.exp(-x)))
  const most = Math.max(...Array.from(logits))
  const powers = Float64Array.from(logits, (x) => Math.exp(x - most)) // none overflows
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((p) => p / sum)
}
