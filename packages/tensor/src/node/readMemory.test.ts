// What a tensor is read into, in a process of its own, whose heap nobody else has filled.
import { expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { runCommand } from './runCommand.ts'

const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const entry = new URL('./loadRuntime.ts', import.meta.url).href

test('large tensors are read into memory that goes back to the system, with all their values', async () => {
  const script = `const { loadRuntime } = await import(${JSON.stringify(entry)})
    const tf = await loadRuntime({ threads: 1 })
    // malloc takes what is smaller than the largest block it has freed from its own heap from here on
    tf.dispose(tf.fill([6 << 20], 1))
    const film = tf.range(0, 2 << 20)
    film.dataSync()
    const size = async () => {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return process.memoryUsage().rss
    }
    const before = await size()
    let read = []
    const above = []
    for (let i = 0; i < 12; i++) {
      read.push(film.dataSync())
      above.push(tf.fill([20_000], i)) // what lies above keeps a heap from shrinking
    }
    const whole = read.every((values) => values.length === 2 << 20 && values.every((value, at) => value === at))
    const held = process.memoryUsage().rss - before
    read = []
    const left = (await size()) - before
    process.stdout.write(JSON.stringify({ whole, held: Math.round(held / (8 << 20)), left: left / (8 << 20) }))`
  const args = [
    '--expose-gc',
    '--conditions=@radiograft/source',
    '--import',
    loader,
    '--input-type=module',
    '-e',
    script,
  ]
  const { NODE_OPTIONS: _, ...env } = process.env
  const { stdout, stderr } = await runCommand(process.execPath, args, { env: { ...env, MALLOC_ARENA_MAX: '1' } })
  expect(stderr).toBe('')
  const { whole, held, left } = JSON.parse(stdout) as { whole: boolean; held: number; left: number }
  expect(whole).toBe(true)
  expect(held).toBeGreaterThanOrEqual(11) // of twelve films of 8 MB
  expect(left).toBeLessThan(4)
})
