// The sample training in a process of its own, with checkpoints each two steps: `node … trainOnce.ts <folder> <ballast>`.
// Prints `from <step>` when it goes on, `step <n>` after each, `saving <n>` and `saved <n>`, and last what came out.
import { folderCheckpoints } from '@radiograft/checkpoints'
import { loadRuntime } from '@radiograft/tensor/node'
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { fit } from '../fit.ts'
import { compiledStep, outcomeOf, sampleTraining } from './sampleTraining.ts'

const say = (text: string): void => void writeSync(1, `${text}\n`)
const [folder, ballast] = process.argv.slice(2) as [string, string]
await loadRuntime({ threads: 1 })
const { host, knobs, ...options } = sampleTraining(compiledStep(), { ballast: Number(ballast) })
const to = folderCheckpoints(folder)
const fitted = await fit({
  ...options,
  knobs: (i) => {
    if (i > 0) say(`step ${i}`)
    return knobs!(i)
  },
  checkpoints: {
    to: {
      ...to,
      save: async (checkpoint) => {
        say(`saving ${checkpoint.step}`)
        await to.save(checkpoint)
        say(`saved ${checkpoint.step}`)
      },
    },
    everySteps: 2,
    host,
  },
  onResume: (step) => say(`from ${step}`),
})
const text = JSON.stringify(outcomeOf(fitted), (_, value: unknown) =>
  typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : value,
)
say(`outcome ${createHash('sha256').update(text).digest('hex')}`)
process.exit(0)
