// torchvision's ResNet-18 has 11,689,512 parameters; without its classifier (512 · 1000 + 1000) and two of the three input
// channels (2 · 64 · 7 · 7) that is 11,170,240. Convolutions without bias map zeros to zeros.
import { featurePyramid, resnet18, resnet18Channels, type FeaturePyramid } from '@radiograft/backbones'
import { parameterCount } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'

const body = resnet18({ inC: 1 })
const params = body.init(rng('body'), [32, 32, 1])
console.log(parameterCount(params)) // 11170240
const { y } = body.apply(params, tf.zeros([1, 32, 32, 1]), { training: false })
const { c3, c4, c5 } = resnet18Channels
const pyramid: FeaturePyramid = featurePyramid({ inC: { c3, c4, c5 }, outC: 8 })
const maps = pyramid.apply(pyramid.init(rng('fpn')), y, { training: false }).y
console.log(pyramid.levels.map((level) => maps[level]?.shape[1])) // [ 4, 2, 1, 1, 1 ]
console.log(maps['p3']?.dataSync().every((value) => value === 0)) // true
