// A generator with a skip starts as a copy, the losses at logits of 0, and one step of both networks.
import { cycleGanGenerator, discriminatorLoss, generatorLoss, l1, type GanLoss } from '@radiograft/gan-models'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'

const tf = await loadRuntime({ threads: 2 })
const generator = cycleGanGenerator({ filters: 4, blocks: 1, skip: true })
const film = tf.randomUniform([1, 32, 32, 1], -1, 1, 'float32', 1)
const { y } = generator.apply(generator.init(rng('weights'), [32, 32, 1]), film, { training: false })
console.log(l1(film, y).dataSync()[0]) // 0

// −log σ(0) − log(1 − σ(0)) = 2 ln 2; log(1 − σ(0)) = −ln 2; (0 − 1)² = 1
const even = tf.zeros([1, 2, 2, 1])
console.log(discriminatorLoss('printed', even, even).dataSync()[0]?.toFixed(5)) // 1.38629
const kinds: ReadonlyArray<GanLoss> = ['printed', 'non-saturating', 'least-squares']
console.log(kinds.map((kind) => generatorLoss(kind, even).dataSync()[0]?.toFixed(5)).join(' ')) // -0.69315 0.69315 1.00000
