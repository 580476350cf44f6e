// Two matrices of features for the row of FID: waves and noise of unlike covariance, so that no direction is empty.
import { rng } from '@radiograft/random'
import { writeRaw } from './rawFile.ts'
import { settingsOf } from './settingsOf.ts'

const { scratch, films, columns } = settingsOf('films', 'columns')
for (const [name, shift] of [
  ['real', 0],
  ['fake', 0.2],
] as const) {
  const noise = rng(name).normals(films * columns)
  const values = Float32Array.from(noise, (v, i) => v * (1 + (i % columns) / columns) + shift)
  // neighbours depend on each other, as features do
  for (let i = 1; i < values.length; i++) values[i]! += 0.3 * values[i - 1]!
  writeRaw(scratch, `${name}.f32`, values)
}
