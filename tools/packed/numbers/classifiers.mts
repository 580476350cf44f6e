// A network's parameters counted, both losses by hand, an area under the curve, and an untrained network's answer.
import {
  auc,
  classifierNetwork,
  filmClassifier,
  probabilities,
  sigmoidCrossEntropy,
  smallCnn,
  softmaxCrossEntropy,
  type ClassifierConfig,
} from '@radiograft/classifiers'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'

// 3x3 filters from 1 channel to 8, 16, 32 and 64, two numbers a channel for the norms, and 64 · 3 + 3
const params = smallCnn({ size: 32, classes: 3, width: 8 }).init(rng('weights'), [32, 32, 1])
const learned = Object.entries(params).filter(([name]) => !name.includes('running_'))
console.log(learned.reduce((sum, [, { size }]) => sum + size, 0)) // 24699

// probability 1/2 of the right class; 3/4 of a finding that is there, and one that nobody knows of
const even = softmaxCrossEntropy(tf.zeros([1, 2]), tf.tensor2d([[0, 1]]), tf.ones([1]))
const finding = sigmoidCrossEntropy(tf.tensor2d([[Math.log(3), 9]]), tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 0]]))
console.log(even.dataSync()[0]?.toFixed(5), finding.dataSync()[0]?.toFixed(5)) // 0.69315 0.28768
console.log(auc([3, 2, 2, 1], [1, 1, 0, 0])) // 0.875

const config: ClassifierConfig = {
  architecture: 'small-cnn',
  task: 'findings',
  size: 32,
  classes: ['Opacity'],
  width: 4,
  dropout: 0,
}
const network = classifierNetwork(config)
const film = { pixels: new Float32Array(64 * 64).fill(0.5), count: 1, height: 64, width: 64 }
const { logits, features } = await filmClassifier(config).classify(network.init(rng('w'), [32, 32, 1]), film)
const [probability = 0] = probabilities('findings', logits)
console.log(features.length, probability > 0 && probability < 1) // 32 true
