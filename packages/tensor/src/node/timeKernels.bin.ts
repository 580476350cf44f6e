// The process of `measureKernels`: `node … timeKernels.bin.ts <threads>` prints milliseconds of our kernels and of oneDNN's as JSON.
import { loadRuntime } from './loadRuntime.ts'
import { timeKernels } from './timeKernels.ts'

const tf = await loadRuntime({ threads: Number(process.argv[2]), provision: false })
process.stdout.write(JSON.stringify(timeKernels(tf)))
