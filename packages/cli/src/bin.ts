#!/usr/bin/env node
// The process around `main`: `node --conditions=@radiograft/source --import ./tools/ts-loader.mjs packages/cli/src/bin.ts`.
import { heedsSignals, main } from './main.ts'
import { useBundledPackages } from './start/useBundledPackages.ts'
import { processTerminal } from './Terminal.ts'
import { stopCode } from './untilStopped.ts'

const terminal = processTerminal()

const stop = new AbortController()
/** Milliseconds: npm and Nx pass Ctrl-C on to a process that has had it from the terminal already. */
const samePress = 500
let first = 0
let begun = false
/** Ends this process now. One whose terminal is gone ends by SIGHUP itself: Node 20 aborts when it gives such a terminal back. */
const end = (code: number): void => {
  if (stop.signal.reason === 'SIGHUP') {
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  } else process.exit(code)
}
const onSignal = async (name: NodeJS.Signals): Promise<void> => {
  const now = performance.now()
  if (!stop.signal.aborted) {
    first = now
    stop.abort(name)
    if (!begun) end(stopCode(name))
  } else if (now - first > samePress) {
    await (await import('./killChildren.ts')).killChildren()
    end(stopCode(name))
  }
}
// a listener would wait for the end of what computes without a pause, such as a comparison
if (heedsSignals(process.argv.slice(2)))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void onSignal(name))
// a reader that has seen enough, such as `head`, stops a run as a signal would; a terminal that is gone sends its own
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' && !stop.signal.aborted) stop.abort('SIGPIPE')
})
process.stderr.on('error', () => {})

await useBundledPackages()
begun = true
process.exitCode = await main(process.argv.slice(2), terminal, stop.signal)
if (stop.signal.aborted) {
  // what a signal has cut short may still be at work: threads that read films, say
  await (await import('./killChildren.ts')).killChildren()
  await new Promise((written) => process.stdout.write('', written))
  end(process.exitCode)
}
