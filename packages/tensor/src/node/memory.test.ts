// What goes back to the system, in a process of its own, whose heap nobody else has filled.
import { expect, test } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { runCommand } from './runCommand.ts'

const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const entry = new URL('./loadRuntime.ts', import.meta.url).href
const giver = new URL('../giveMemoryBack.ts', import.meta.url).href

/** What the script, which has `tf`, leaves in `out`. */
const alone = async (script: string): Promise<unknown> => {
  const whole = `const { loadRuntime } = await import(${JSON.stringify(entry)})
    const { giveMemoryBack } = await import(${JSON.stringify(giver)})
    const tf = await loadRuntime({ threads: 1 })
    const megabytes = () => process.memoryUsage().rss / 2 ** 20
    const collected = async () => {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return megabytes()
    }
    ${script}
    process.stdout.write(JSON.stringify(out))`
  const args = [
    '--expose-gc',
    '--conditions=@radiograft/source',
    '--import',
    loader,
    '--input-type=module',
    '-e',
    whole,
  ]
  const { NODE_OPTIONS: _, ...env } = process.env
  const { stdout, stderr } = await runCommand(process.execPath, args, { env: { ...env, MALLOC_ARENA_MAX: '1' } })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('what large tensors are read into, with all their values, once JavaScript has collected it', async () => {
  const { whole, held, left } = (await alone(`
    // malloc takes what is smaller than the largest block it has freed from its own heap from here on
    tf.dispose(tf.fill([6 << 20], 1))
    const film = tf.range(0, 2 << 20)
    film.dataSync()
    const before = await collected()
    let read = []
    const above = []
    for (let i = 0; i < 12; i++) {
      read.push(film.dataSync())
      above.push(tf.fill([20_000], i)) // what lies above keeps a heap from shrinking
    }
    const whole = read.every((values) => values.length === 2 << 20 && values.every((value, at) => value === at))
    const held = megabytes() - before
    read = []
    const out = { whole, held, left: (await collected()) - before }`)) as { whole: boolean; held: number; left: number }
  expect(whole).toBe(true)
  expect(held).toBeGreaterThan(88) // twelve films of 8 MB
  expect(left).toBeLessThan(32)
})

const onGlibc = process.platform === 'linux' ? test : test.skip

onGlibc('what malloc keeps free between tensors, when asked', async () => {
  const { kept, left, sum } = (await alone(`
    const before = megabytes()
    const tensors = Array.from({ length: 3000 }, () => tf.fill([16_000], 1)) // 64 KB each: from the heap
    const stay = tensors.filter((_, i) => i % 100 === 99)
    for (const tensor of tensors) if (!stay.includes(tensor)) tensor.dispose()
    const kept = (await collected()) - before
    giveMemoryBack()
    const sum = stay.reduce((total, tensor) => total + tf.sum(tensor).dataSync()[0], 0)
    const out = { kept, left: megabytes() - before, sum }`)) as { kept: number; left: number; sum: number }
  expect(kept).toBeGreaterThan(150)
  expect(left).toBeLessThan(kept / 2)
  expect(sum).toBe(30 * 16_000)
})
