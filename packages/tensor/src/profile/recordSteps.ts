// Records what the steps of this process cost, then ends it. `loadRuntime` starts it where the environment asks for it, so
// any program that computes with compiled graphs can be profiled without knowing of it. Used by `radiograft profile`.
import { writeFileSync } from 'node:fs'
import type { Binding, Handle, NodeBackend } from '../compile/nodeBinding.ts'
import { DataType } from '../compile/nodeBinding.ts'
import { TRACE_VARIABLE } from '../node/bindingSource.ts'
import { readTrace } from './readTrace.ts'
import type { Call, Phase, Recording, RecordingRequest } from './Recording.ts'

const micros = (): number => (performance.timeOrigin + performance.now()) * 1000

/** The rate of the best of several products of 1024 × 1024 matrices, in GFLOP/s. */
const measurePeak = (binding: Binding): number => {
  const side = 1024
  const [a, b] = [1, 2].map((seed) =>
    binding.createTensor(
      [side, side],
      DataType.float32,
      Float32Array.from({ length: side * side }, (_, i) => ((i * seed * 7919) % 1000) / 1000),
    ),
  ) as [number, number]
  const attributes = [
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: DataType.float32 },
  ]
  let least = Infinity
  for (let i = 0; i < 8; i++) {
    const began = performance.now()
    const [product] = binding.executeOp('MatMul', attributes, [a, b], 1) as [Handle]
    binding.deleteTensor(product.id)
    least = Math.min(least, performance.now() - began)
  }
  binding.deleteTensor(a)
  binding.deleteTensor(b)
  return (2 * side ** 3) / least / 1e6
}

/**
 * Puts itself between the backend and TensorFlow. Once a graph has been called `warmUp` times, its calls count steps: the
 * first `steps` are timed, the next traced; then the recording is written and the process ends with code 0. A program that
 * ends sooner leaves what there is.
 * @param setenv sets a variable of the process's own environment.
 */
export const recordSteps = (
  on: NodeBackend,
  request: RecordingRequest,
  setenv: (name: string, value: string) => void,
): void => {
  const { binding } = on
  const graphs: Record<string, number> = {}
  const calls: Array<Call> = []
  const metadata: Array<Uint8Array> = []
  let leading: string | undefined
  let phase: 'warm-up' | 'timed' | 'traced' | 'over' = 'warm-up'
  let phaseStart = 0
  let phaseSteps = 0
  const phases: { timed?: Phase; traced?: Phase } = {}

  const closePhase = (now: number): void => {
    if (phase === 'timed' || phase === 'traced')
      phases[phase] = { startMicros: phaseStart, micros: now - phaseStart, steps: phaseSteps }
  }
  const write = (): void => {
    if (phase === 'over') return
    // the process ends on its own: the step that is not complete does not count
    phase = 'over'
    setenv(TRACE_VARIABLE, '')
    const recording: Recording = {
      format: 1,
      threads: Number(process.env['TF_NUM_INTRAOP_THREADS']),
      tensorflow: (binding as unknown as { readonly TF_Version: string }).TF_Version,
      ...(leading !== undefined && { leading }),
      graphs,
      ...phases,
      calls,
      traces: metadata.map(readTrace),
      peakGflops: measurePeak(binding),
    }
    writeFileSync(request.file, JSON.stringify(recording))
  }

  /** At the begin of a call of a graph: where a step ends and the next begins. */
  const count = (name: string): void => {
    const calls = (graphs[name] ?? 0) + 1
    graphs[name] = calls
    if (leading === undefined && calls > request.warmUp) leading = name
    if (name !== leading || phase === 'over') return
    const now = micros()
    if (phase === 'warm-up') phase = 'timed'
    else {
      phaseSteps += 1
      closePhase(now)
      if (phaseSteps < request.steps) return
      if (phase === 'traced') {
        write()
        process.exit(0)
      }
      phase = 'traced'
      setenv(TRACE_VARIABLE, '1')
    }
    phaseStart = micros()
    phaseSteps = 0
  }
  const timed = <A>(kind: Call['kind'], name: string, call: () => A): A => {
    if (phase !== 'traced') return call()
    const startMicros = micros()
    const result = call()
    const took = micros() - startMicros
    const { trace } = result as { readonly trace?: ArrayBuffer }
    if (kind === 'graph' && trace) metadata.push(new Uint8Array(trace))
    calls.push({ kind, name, startMicros, micros: took, ...(trace && { trace: metadata.length - 1 }) })
    return result
  }
  const replaced: Pick<Binding, 'runSavedModel' | 'executeOp' | 'createTensor' | 'tensorDataSync'> = {
    // while traced, also what would run on another thread: what happens meanwhile would count as the step's
    runSavedModel: (id, inputs, inputNames, outputNames, done) => {
      count(String(id))
      if (done && phase !== 'traced') return binding.runSavedModel(id, inputs, inputNames, outputNames, done)
      const run = () => timed('graph', String(id), () => binding.runSavedModel(id, inputs, inputNames, outputNames))
      if (!done) return run()
      let handles: Array<Handle>
      try {
        handles = run()
      } catch (error) {
        done(error as Error, [])
        return []
      }
      done(null, handles)
      return handles
    },
    executeOp: (name, ...rest) => timed('eager', name, () => binding.executeOp(name, ...rest)),
    createTensor: (...all) => timed('upload', '', () => binding.createTensor(...all)),
    tensorDataSync: (id) => timed('read', '', () => binding.tensorDataSync(id)),
  }
  // The binding's own properties are read-only, so the replacements are defined and not assigned.
  on.binding = Object.create(binding, Object.getOwnPropertyDescriptors(replaced)) as Binding
  process.on('exit', write)
}
