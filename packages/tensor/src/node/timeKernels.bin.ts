// The process of `measureKernels`: prints milliseconds of our kernels and of oneDNN's as JSON.
import { loadRuntime } from './loadRuntime.ts'
import { timeKernels } from './timeKernels.ts'

const tf = await loadRuntime({ provision: false })
process.stdout.write(JSON.stringify(timeKernels(tf)))
