// Two films for the Poisson rows: broad waves, as of lungs and shoulders, and noise, as of a detector, in [0, 1].
import { rng } from '@radiograft/random'
import { writeRaw } from './rawFile.ts'
import { settingsOf } from './settingsOf.ts'

const { scratch, size, margin } = settingsOf('size', 'margin')
const side = size + 2 * margin

const film = (name: string): Float32Array => {
  const draw = rng(name)
  const waves = Array.from({ length: 12 }, (_, w) => {
    const [across, down, phase] = draw.uniforms(3)
    return { across: 6 * across!, down: 6 * down!, phase: 2 * Math.PI * phase!, height: 0.3 / (w + 1) }
  })
  const noise = draw.fork('noise').normals(side * side)
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side]
    let value = 0.5
    for (const { across, down, phase, height } of waves)
      value += height * Math.sin(2 * Math.PI * (across * x + down * y) + phase)
    return Math.min(Math.max(value / 1.2 + 0.01 * noise[i]!, 0), 1)
  })
}

writeRaw(scratch, 'source.f32', film('source'))
writeRaw(scratch, 'target.f32', film('target'))
