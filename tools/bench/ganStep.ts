// Times a full GAN step (generator with residual blocks, PatchGAN, Adam) compiled and eager, and checks that both give the
// same bits. node --conditions=@radiograft/source --import ./tools/ts-loader.mjs tools/bench/ganStep.ts [size] [batch] [filters] [blocks] [fp32|bf16|eager]
import { compileStep, leakyRelu, mirrorPad } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import type { Tensor } from '@tensorflow/tfjs-core'

const [size = 64, batch = 8, filters = 32, blocks = 6] = process.argv.slice(2, 6).map(Number)
const mode = process.argv[6] ?? 'fp32'
const tf = await loadRuntime()
type Film = ReturnType<typeof tf.tensor4d>

const shapes: Record<string, Array<number>> = {}
const norms = new Set<string>()
const conv = (name: string, kernel: number, from: number, to: number, norm = true) => {
  shapes[name] = [kernel, kernel, from, to]
  if (norm) {
    shapes[`${name}/scale`] = [name.startsWith('g/up') ? from : to]
    norms.add(name)
  }
}
conv('g/in', 7, 1, filters)
conv('g/down1', 3, filters, 2 * filters)
conv('g/down2', 3, 2 * filters, 4 * filters)
for (let b = 0; b < blocks; b++) for (const half of ['a', 'b']) conv(`g/block${b}${half}`, 3, 4 * filters, 4 * filters)
conv('g/up1', 3, 2 * filters, 4 * filters)
conv('g/up2', 3, filters, 2 * filters)
shapes['g/up1/scale'] = [2 * filters]
shapes['g/up2/scale'] = [filters]
conv('g/out', 7, filters, 1, false)
const widths = [1, filters, 2 * filters, 4 * filters, 8 * filters]
for (let k = 0; k < 4; k++) conv(`d/${k}`, 4, widths[k] as number, widths[k + 1] as number, k > 0)
conv('d/out', 4, 8 * filters, 1, false)
const names = Object.keys(shapes)

const step = (state: Record<string, Tensor>, films: Record<string, Tensor>, knobs: Record<string, Tensor>) => {
  const instanceNorm = (x: Tensor, scale: Tensor) => {
    const { mean, variance } = tf.moments(x, [1, 2], true)
    return tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), scale) as Film
  }
  const pad = (x: Tensor, by: number) =>
    mirrorPad(
      x,
      [
        [0, 0],
        [by, by],
        [by, by],
        [0, 0],
      ],
      'reflect',
    ) as Film
  const generator = (p: Record<string, Tensor>, x: Tensor) => {
    const layer = (h: Tensor, name: string, stride: number, padding: 'same' | 'valid') =>
      instanceNorm(tf.conv2d(h as Film, p[name] as Film, stride, padding), p[`${name}/scale`] as Tensor)
    let h: Film = tf.relu(layer(pad(x, 3), 'g/in', 1, 'valid'))
    h = tf.relu(layer(h, 'g/down1', 2, 'same'))
    h = tf.relu(layer(h, 'g/down2', 2, 'same'))
    for (let b = 0; b < blocks; b++) {
      const half = tf.relu(layer(pad(h, 1), `g/block${b}a`, 1, 'valid'))
      h = tf.add(h, layer(pad(half, 1), `g/block${b}b`, 1, 'valid'))
    }
    const up = (from: Film, name: string, to: number, channels: number) =>
      tf.relu(
        instanceNorm(
          tf.conv2dTranspose(from, p[name] as Film, [batch, to, to, channels], 2, 'same'),
          p[`${name}/scale`] as Tensor,
        ),
      )
    h = up(h, 'g/up1', size / 2, 2 * filters)
    h = up(h, 'g/up2', size, filters)
    return tf.tanh(tf.conv2d(pad(h, 3), p['g/out'] as Film, 1, 'valid'))
  }
  const discriminator = (p: Record<string, Tensor>, x: Tensor) => {
    let h = leakyRelu(tf.conv2d(x as Film, p['d/0'] as Film, 2, 'same'), 0.2)
    for (let k = 1; k < 4; k++)
      h = leakyRelu(
        instanceNorm(tf.conv2d(h as Film, p[`d/${k}`] as Film, k < 3 ? 2 : 1, 'same'), p[`d/${k}/scale`] as Tensor),
        0.2,
      )
    return tf.conv2d(h as Film, p['d/out'] as Film, 1, 'same')
  }
  const gradients = (part: 'g' | 'd', loss: (p: Record<string, Tensor>) => Tensor) => {
    const own = names.filter((name) => name.startsWith(`${part}/`))
    const { value, grads } = tf.valueAndGrads(
      (...values: Array<Tensor>) =>
        loss({ ...state, ...Object.fromEntries(own.map((name, i) => [name, values[i] as Tensor])) }) as never,
    )(own.map((name) => state[name] as Tensor))
    return { value, grads: own.map((name, i) => [name, grads[i] as Tensor] as const) }
  }
  const { x, y } = films as { x: Tensor; y: Tensor }
  const fake = generator(state, x)
  const g = gradients('g', (p) => {
    const made = generator(p, x)
    return tf.add(tf.mean(tf.square(tf.sub(discriminator(p, made), 1))), tf.mean(tf.abs(tf.sub(made, x))))
  })
  const d = gradients('d', (p) =>
    tf.add(tf.mean(tf.square(tf.sub(discriminator(p, y), 1))), tf.mean(tf.square(discriminator(p, fake)))),
  )
  const next: Record<string, Tensor> = {}
  for (const [name, gradient] of [...g.grads, ...d.grads]) {
    const m = tf.add(tf.mul(state[`m/${name}`] as Tensor, 0.5), tf.mul(gradient, 0.5))
    const v = tf.add(tf.mul(state[`v/${name}`] as Tensor, 0.999), tf.mul(tf.square(gradient), 0.001))
    next[`m/${name}`] = m
    next[`v/${name}`] = v
    next[name] = tf.sub(state[name] as Tensor, tf.mul(tf.div(m, tf.add(tf.sqrt(v), 1e-8)), knobs['lr'] as Tensor))
  }
  return { state: next, logs: { lossG: g.value, lossD: d.value } }
}

const wave = (shape: Array<number>, k: number, scale: number) => {
  const n = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: n }, (_, i) => Math.sin(1 + i * k) * scale),
    shape,
  )
}
const start = () => {
  const state: Record<string, Tensor> = {}
  names.forEach((name, i) => {
    const shape = shapes[name] as Array<number>
    state[name] = name.endsWith('/scale') ? tf.ones(shape) : wave(shape, 0.7 + i / 100, 0.03)
    state[`m/${name}`] = tf.zeros(shape)
    state[`v/${name}`] = tf.zeros(shape)
  })
  return state
}
const films = { x: wave([batch, size, size, 1], 0.31, 1), y: wave([batch, size, size, 1], 0.17, 1) }

const run = (options: Parameters<typeof compileStep>[1], steps: number) => {
  const compiled = compileStep(step as never, options)
  let state = start()
  const times: Array<number> = []
  let logs: Record<string, number> = {}
  for (let i = 0; i < steps; i++) {
    const from = performance.now()
    const out = compiled(state, films, { lr: 2e-4 })
    times.push((performance.now() - from) / 1e3)
    tf.dispose(state)
    ;({ state, logs } = out)
  }
  const bits = Object.fromEntries(names.map((name) => [name, (state[name] as Tensor).dataSync()]))
  tf.dispose(state)
  compiled.dispose()
  return { times, logs, bits, tensors: tf.memory().numTensors }
}
const steps = 5
const result = run(mode === 'eager' ? { eager: true } : { precision: mode as 'fp32' | 'bf16' }, steps)
console.log(
  mode,
  size,
  batch,
  filters,
  blocks,
  'first',
  result.times[0]?.toFixed(2),
  'best',
  Math.min(...result.times.slice(1)).toFixed(3),
  result.logs,
  'tensors',
  result.tensors,
  'MB',
  (process.memoryUsage().rss / 1e6).toFixed(0),
)
if (mode === 'fp32') {
  const eager = run({ eager: true }, steps)
  const differing = names.filter(
    (name) =>
      Buffer.compare(
        Buffer.from((eager.bits[name] as Float32Array).buffer),
        Buffer.from((result.bits[name] as Float32Array).buffer),
      ) !== 0,
  )
  console.log(
    'eager best',
    Math.min(...eager.times.slice(1)).toFixed(3),
    eager.logs,
    'parameters that differ',
    differing.length,
    'of',
    names.length,
  )
}
