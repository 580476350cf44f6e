// What leaves for a server, seen by one in memory: three points in one request, 250 params in three, and nothing at all of a
// batch with half a step. The digest is the beginning of `printf %s ap@0.5 | sha256sum`.
import { makeMlflowClient, metricName, mlflowOptionsOfEnv, type MlflowOptions } from '@radiograft/mlflow'

console.log(metricName('val/loss'), metricName('ap@0.5')) // val/loss ap-0.5-586d0487
console.log(mlflowOptionsOfEnv({ MLFLOW_TRACKING_TOKEN: 't' })) // { token: 't' }

const bodies: Array<string> = []
const options: MlflowOptions = {
  fetch: async (_, { body }) => {
    bodies.push(String(body))
    return new Response('{}', { headers: { 'content-type': 'application/json' } })
  },
}
const mlflow = makeMlflowClient('https://reader:secret@tracking.example/mlflow/', options)
console.log(mlflow.uri) // https://tracking.example/mlflow

const point = { key: 'loss', timestamp: 1_700_000_000_000, step: -1 }
await mlflow.logBatch('r1', { metrics: [NaN, -Infinity, 0.5].map((value) => ({ ...point, value })) })
console.log(bodies[0]?.match(/"value":[^,]*/g)?.join(' ')) // "value":"NaN" "value":"-Infinity" "value":0.5

await mlflow.logBatch('r1', { params: Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`p${i}`, ''])) })
console.log(bodies.slice(1).map((body) => body.split('"key"').length - 1)) // [ 100, 100, 50 ]

const wrong: unknown = await mlflow.logBatch('r1', { metrics: [{ ...point, value: 1, step: 0.5 }] }).catch((e) => e)
console.log(String(wrong)) // MlflowValueError: metrics[0].step must be an integer, and is a number with a fraction. Nothing was sent.
console.log(bodies.length) // 4
