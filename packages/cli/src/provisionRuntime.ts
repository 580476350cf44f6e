// Puts the tensor runtime in place before the first stage that computes with it; silent when it is there.
import type { Terminal } from './Terminal.ts'

/** The version of TensorFlow. Rejects with `ProvisionError`, which lists what is missing and how to install it. */
export const provisionRuntime = async (terminal: Terminal): Promise<string> => {
  const { measureKernels, provision } = await import('@radiograft/tensor/node')
  let last = ''
  const { tensorflow } = await provision({
    onProgress: (line, bytes) => {
      if (terminal.live && bytes !== undefined) terminal.out(`\r${line}: ${Math.round(bytes / 1e6)} MB`)
      else if (line !== last)
        terminal.out(`${last === '' || !terminal.live ? '' : '\n'}${line}${terminal.live ? '' : '\n'}`)
      last = line
    },
  })
  if (last !== '' && terminal.live) terminal.out('\n')
  await measureKernels({
    onMeasure: () =>
      terminal.out('trying which convolutions are the faster ones here (a few seconds, once per machine)\n'),
  })
  return tensorflow
}
