// What scikit-learn and scipy say of three sets of films (tools/oracles/metrics_memorisation.py).
import { readFileSync } from 'node:fs'
import { rows } from './rows.ts'

export const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/memorisation.json', import.meta.url), 'utf8'),
) as {
  dimension: number
  rate: number
  training: number[]
  heldOut: number[]
  samples: number[]
  p: number[]
  copies: number
  closer: number
  z: number
} & Record<'samplesToTraining' | 'samplesToHeldOut' | 'heldOutToTraining', { indices: number[]; distances: number[] }>
const split = (values: readonly number[]): number[][] =>
  Array.from({ length: values.length / oracle.dimension }, (_, i) =>
    values.slice(oracle.dimension * i, oracle.dimension * (i + 1)),
  )

export const oracleSets = {
  training: rows('t', split(oracle.training)),
  heldOut: rows('h', split(oracle.heldOut)),
  samples: rows('s', split(oracle.samples)),
}
