// The `provision` target: `node --conditions=@radiograft/source --import ./tools/ts-loader.mjs
// packages/tensor/src/node/provision.bin.ts`. Silent when all is there, else a line for each long step.
import { measureKernels } from './measureKernels.ts'
import { provision } from './provision.ts'
import { ProvisionError } from './ProvisionError.ts'

const { stderr } = process
let open = false

try {
  const runtime = await provision({
    onProgress: (line, bytes) => {
      if (bytes === undefined) {
        stderr.write(`${open ? '\n' : ''}${line}${stderr.isTTY ? '' : '\n'}`)
        open = stderr.isTTY
      } else if (stderr.isTTY) stderr.write(`\r${line}: ${Math.round(bytes / 1e6)} MB`)
    },
  })
  await measureKernels({
    onMeasure: () => {
      stderr.write(
        `${open ? '\n' : ''}trying which convolutions are the faster ones here (a few seconds, once per machine)\n`,
      )
      open = false
    },
  })
  if (runtime.changed) {
    stderr.write(`${open ? '\n' : ''}tensor runtime ready: TensorFlow ${runtime.tensorflow} (${runtime.source})\n`)
  }
} catch (error) {
  stderr.write(`${open ? '\n' : ''}${error instanceof ProvisionError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
