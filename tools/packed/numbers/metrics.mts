// One hit, one miss, one film that does not count; errors of a tenth; a perfect and a wrong order.
import {
  aucScore,
  meanAbsoluteError,
  patientBootstrap,
  psnr,
  rsnaAp,
  verdict,
  type RsnaFilm,
  type Verdict,
} from '@radiograft/metrics'
import { rng } from '@radiograft/random'

const films: RsnaFilm[] = [
  { preds: [{ box: [0, 0, 10, 10], score: 0.9 }], truth: [[0, 0, 10, 8]] }, // IoU .8, above every threshold to .75
  { preds: [], truth: [[5, 5, 20, 20]] },
  { preds: [], truth: [] },
]
const { name, value, perFilm } = rsnaAp(films)
console.log(name, value, perFilm) // ap-rsna-0.40:0.75 0.5 [ 1, 0, null ]

// both patients, either twice: means of 0, ½ and 1
const { low, high, patients } = patientBootstrap({ patients: ['p', 'q'], values: [1, 0] }, rng(7))
console.log(low, high, patients) // 0 1 2

const [a, b] = [Float32Array.of(0.5, 0.5), Float32Array.of(0.375, 0.625)]
console.log(meanAbsoluteError(a, b), psnr(a, b).toFixed(3)) // 0.125 18.062
console.log(aucScore([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1])) // 0.875
const said: Verdict = verdict({ low: 0.01, high: 0.02, claim: 'greater', paperGap: 0.03, seeds: 3 })
console.log(said) // holds
