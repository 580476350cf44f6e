// A process that trains a tiny network is asked for a recording, as `radiograft profile` asks a stage's.
import { describe, expect, it, jest } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../node/runCommand.ts'
import { parseOneDnn } from './oneDnn.ts'
import type { Recording } from './Recording.ts'
import { summariseRecording } from './summariseRecording.ts'

jest.setTimeout(120_000)
const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)

const program = (steps: number, call: string): string => `
  const { loadRuntime } = await import(${source('../node/loadRuntime.ts')})
  const { compileStep } = await import(${source('../compileStep.ts')})
  const { withOpScope } = await import(${source('../compile/opScope.ts')})
  const tf = await loadRuntime({ threads: 2 })
  const step = compileStep(({ w }, { x }, { rate }) => {
    const { value, grads } = tf.valueAndGrads((w) =>
      withOpScope('body/conv', () => tf.mean(tf.square(tf.conv2d(x, w, 1, 'same')))))([w])
    return { state: { w: tf.sub(w, tf.mul(grads[0], rate)) }, logs: { loss: value } }
  })
  let state = { w: tf.randomNormal([3, 3, 16, 16], 0, 0.1, 'float32', 1) }
  for (let i = 0; i < ${steps}; i++) {
    const x = tf.randomNormal([4, 32, 32, 16], 0, 1, 'float32', i)
    const next = ${call}
    tf.dispose([state, x])
    state = next.state
  }
  process.stdout.write('all steps done\\n')`

const record = async (steps: number, call = 'step(state, { x }, { rate: 0.01 })') => {
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-record-'))
  const file = join(folder, 'recording.json')
  try {
    const { NODE_OPTIONS: _, ...env } = process.env
    const args = [
      '--conditions=@radiograft/source',
      '--import',
      loader,
      '--input-type=module',
      '-e',
      program(steps, call),
    ]
    const { status, stdout, stderr } = await runCommand(process.execPath, args, {
      env: {
        ...env,
        RADIOGRAFT_PROFILE: JSON.stringify({ file, warmUp: 2, steps: 3 }),
        ONEDNN_VERBOSE: '1',
        ONEDNN_VERBOSE_TIMESTAMP: '1',
      },
    })
    const recording = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recording) : undefined
    return { status, stdout, stderr, recording }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.each([
  ['step', 'step(state, { x }, { rate: 0.01 })'],
  ['step aside', 'await step.aside(state, { x }, { rate: 0.01 })'],
])('%s', (_, call) => {
  it('is timed, traced and ended; the ops of a step fit into its time, and carry their layers', async () => {
    const { status, stdout, stderr, recording } = await record(1000, call)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).not.toContain('all steps done')
    const { timed, traced, traces, calls, threads } = recording!
    expect([timed!.steps, traced!.steps, traces.length]).toEqual([3, 3, 3])
    for (const [i, rows] of traces.entries()) {
      const graph = calls.find(({ trace }) => trace === i)!
      const sum = rows.reduce((total, { micros }) => total + micros, 0)
      expect(sum).toBeGreaterThan(0)
      expect(sum).toBeLessThanOrEqual(graph.micros * threads)
      const end = Math.max(...rows.map(({ startMicros, micros }) => startMicros + micros))
      // both clocks are the system's
      expect(end).toBeLessThanOrEqual(graph.startMicros + graph.micros + 1000)
      expect(rows.every(({ startMicros }) => startMicros >= graph.startMicros - 1000)).toBe(true)
    }
    const summary = summariseRecording(recording!, parseOneDnn(stdout))!
    const shares = summary.byKind.reduce((total, { share }) => total + share, 0)
    expect(shares).toBeCloseTo(1, 6)
    const forward = summary.byOp.find(({ layer, op }) => layer === 'body/conv' && op === 'Conv2D')!
    expect(forward.shape).toEqual([4, 32, 32, 16])
    // 2 · 4 · 32 · 32 · 16 · 3 · 3 · 16
    expect(forward.gflop).toBeCloseTo(0.018874, 5)
    expect(forward.implementations.length).toBeGreaterThan(0)
    expect(summary.byOp.some(({ layer, kind }) => layer === 'body/conv/grad' && kind.includes('backward filter'))).toBe(
      true,
    )
    expect(summary.peakGflops).toBeGreaterThan(1)
  })
})

it('a program that ends sooner leaves what there is', async () => {
  const { status, stdout, recording } = await record(4)
  expect(status).toBe(0)
  expect(stdout).toContain('all steps done')
  expect(recording).toMatchObject({ graphs: { 0: 4 }, timed: { steps: 1 }, traces: [] })
  expect(summariseRecording(recording!)).toBeUndefined()
})
