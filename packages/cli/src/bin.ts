#!/usr/bin/env node
// The process around `main`: `node --conditions=@radiograft/source --import ./tools/ts-loader.mjs packages/cli/src/bin.ts`.
import { main } from './main.ts'
import { useBundledPackages } from './start/useBundledPackages.ts'
import { processTerminal } from './Terminal.ts'

const terminal = processTerminal()

const stop = new AbortController()
const onSignal = async (): Promise<void> => {
  if (stop.signal.aborted) {
    await (await import('./killChildren.ts')).killChildren()
    process.exit(130)
  }
  stop.abort()
}
process.on('SIGINT', () => void onSignal())
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void onSignal())
// a reader that has seen enough, such as `head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

await useBundledPackages()
process.exitCode = await main(process.argv.slice(2), terminal, stop.signal)
