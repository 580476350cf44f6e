// The process of `measurePrecision`: `node … timePrecisions.bin.ts <threads>` prints seconds a step as JSON.
import { loadRuntime } from './loadRuntime.ts'
import { timePrecisions } from './timePrecisions.ts'

const tf = await loadRuntime({ threads: Number(process.argv[2]), provision: false })
process.stdout.write(JSON.stringify(timePrecisions(tf)))
