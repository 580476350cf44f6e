import { describe, expect, it } from '@jest/globals'
import * as core from '@tensorflow/tfjs-core'
import { fileURLToPath } from 'node:url'
import { loadRuntime } from './loadRuntime.ts'
import { runCommand } from './runCommand.ts'

const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const entry = new URL('./loadRuntime.ts', import.meta.url).href
const compile = new URL('../compileFunction.ts', import.meta.url).href

describe('loadRuntime', () => {
  it('gives a working TensorFlow backend in jest', async () => {
    const tf = await loadRuntime()
    expect(tf.getBackend()).toBe('tensorflow')
    const sum = tf.tidy(() =>
      tf
        .tensor([1, 2, 3])
        .add(tf.tensor(new Float32Array([1, 1, 1])))
        .sum(),
    )
    expect(sum.dataSync()).toEqual(new Float32Array([9]))
    sum.dispose()
    expect(core.getBackend()).toBe('tensorflow')
    expect(core.engine()).toBe(tf.engine())
  })

  it('prints nothing in a process of its own, and takes the number of threads', async () => {
    const script = `const { loadRuntime } = await import(${JSON.stringify(entry)})
      const tf = await loadRuntime({ threads: 1 })
      const x = tf.randomNormal([1, 32, 32, 8])
      const y = tf.grad((x) => tf.conv2d(x, tf.ones([3, 3, 8, 8]), 1, 'same').sum())(x)
      y.dataSync()
      const { compileFunction } = await import(${JSON.stringify(compile)})
      compileFunction(({ x }) => ({ y: tf.relu(x) }))({ x })
      process.stdout.write(process.env.TF_NUM_INTRAOP_THREADS + process.env.OMP_NUM_THREADS + process.env.TF_ENABLE_ONEDNN_OPTS)`
    const args = ['--conditions=@radiograft/source', '--import', loader, '--input-type=module', '-e', script]
    const { NODE_OPTIONS: _, TF_CPP_MIN_LOG_LEVEL: __, TF_ENABLE_ONEDNN_OPTS: ___, ...env } = process.env
    const result = await runCommand(process.execPath, args, { env })
    expect(result).toEqual({
      status: 0,
      signal: null,
      stdout: process.arch === 'x64' ? '111' : '11undefined',
      stderr: '',
    })
    const off = await runCommand(process.execPath, args, { env: { ...env, TF_ENABLE_ONEDNN_OPTS: '0' } })
    expect(off.stdout.slice(2)).toBe('0') // what the user says stays
  })
})
