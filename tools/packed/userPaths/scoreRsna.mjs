// npm install @radiograft/metrics
// Someone has predictions as JSON and the labels of the RSNA challenge, and wants the challenge's metric with an interval.
import { readFileSync, writeFileSync } from 'node:fs'
import { patientBootstrap, rsnaAp } from '@radiograft/metrics'
import { rng } from '@radiograft/random'

// four films to have: a hit, a hit with a false alarm, a miss, a normal film of which nothing is said
writeFileSync(
  'stage_2_train_labels.csv',
  `patientId,x,y,width,height,Target
a,100,100,200,200,1
b,100,100,200,200,1
c,500,100,200,200,1
d,,,,,0
`,
)
writeFileSync(
  'predictions.json',
  JSON.stringify({
    a: [{ x: 100, y: 100, width: 200, height: 180, score: 0.9 }],
    b: [
      { x: 100, y: 100, width: 200, height: 200, score: 0.8 },
      { x: 700, y: 700, width: 50, height: 50, score: 0.7 },
    ],
    c: [{ x: 100, y: 500, width: 200, height: 200, score: 0.6 }],
  }),
)

// what the user writes: files have x, y, width, height; boxes are [x0, y0, x1, y1]
const predictions = JSON.parse(readFileSync('predictions.json', 'utf8'))
const corners = ({ x, y, width, height }) => [x, y, x + width, y + height]
const truth = new Map()
for (const line of readFileSync('stage_2_train_labels.csv', 'utf8').trim().split('\n').slice(1)) {
  const [id, x, y, width, height, target] = line.split(',')
  const boxes = truth.get(id) ?? []
  truth.set(id, target === '1' ? [...boxes, corners({ x: +x, y: +y, width: +width, height: +height })] : boxes)
}
const films = [...truth].map(([id, boxes]) => ({
  id,
  preds: (predictions[id] ?? []).map((p) => ({ box: corners(p), score: p.score })),
  truth: boxes,
}))
const ap = rsnaAp(films)
// patientId names a film there; who has a map to patients gives those instead
const { low, high } = patientBootstrap({ patients: films.map(({ id }) => id), values: ap.perFilm }, rng(1))

// by hand: IoU .9 is a hit at every threshold; one hit and one false alarm are 1/2; the film without boxes does not count
console.log(ap.name, ap.perFilm) // ap-rsna-0.40:0.75 [ 1, 0.5, 0, null ]
console.log(ap.value, low < ap.value && ap.value < high) // 0.5 true
