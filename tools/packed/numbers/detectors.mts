// Anchors of a film counted, targets of a box that is an anchor, suppression, a prior, and what an untrained network says.
import {
  anchors,
  assignTargets,
  boxPrior,
  detector,
  nms,
  pyramidLevels,
  retinaNet,
  type Detection,
} from '@radiograft/detectors'
import { rng } from '@radiograft/random'
import '@tensorflow/tfjs-backend-cpu'

// P3 to P7 of 32²: (16 + 4 + 1 + 1 + 1) cells of 9 anchors
const grid = anchors(32, 32)
console.log(grid.length / 4) // 207

// a box that is the first cell's square anchor, 16² around (4, 4): no change to be learned
const { labels, deltas, positives } = assignTargets(grid, [[-4, -4, 12, 12]])
console.log(labels[3], Array.from(deltas.slice(12, 16), (d) => Math.abs(d).toFixed(3)).join(' '), positives > 1) // 1 0.000 0.000 0.000 0.000 true
console.log(assignTargets(grid, []).labels.some((label) => label !== 0)) // false

// overlap 8/10 of the first: gone at .5, kept at .8, because only more than the threshold removes
console.log(
  nms(
    [
      [0, 0, 9, 1],
      [1, 0, 10, 1],
      [20, 0, 29, 1],
    ],
    [0.9, 0.8, 0.7],
    0.5,
  ),
) // [ 0, 2 ]
console.log(boxPrior([[[2, 4, 10, 12]], [[4, 4, 12, 12]], [], []], 32)) // [ { box: [ 3, 4, 11, 12 ], score: 0.5 } ]

// the class bias starts at a prior of .01, so every anchor says about that
const network = retinaNet({ classes: 2, headChannels: 8 })
const options = { height: 32, width: 32, levels: pyramidLevels(), positiveClasses: [1], batch: 1 }
const found = detector(network, options)
const params = network.init(rng('weights'), [32, 32, 1])
const [output] = await found.outputs(params, [{ pixels: new Float32Array(1024).fill(0.5) }])
console.log(
  output?.scores.length,
  output?.scores.every((score) => Math.abs(score - 0.01) < 0.005),
) // 207 true
const [none]: ReadonlyArray<ReadonlyArray<Detection>> = await found.detect(
  params,
  [{ pixels: new Float32Array(1024) }],
  { scoreFloor: 0.5 },
)
console.log(none?.length) // 0
