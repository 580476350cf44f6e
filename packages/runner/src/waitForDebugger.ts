// Opens Node's inspector in this process and waits until a debugger has attached. Used by `runJob` for `--inspect`.
import { open, url, waitForDebugger as wait } from 'node:inspector'
import { createServer } from 'node:net'

/** Where browsers and editors look by themselves. */
const usualPort = 9229
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)))
  })

/** `tell` is given the address before the wait begins; on this machine alone, another port where the usual one is taken. */
export const waitForDebugger = async (tell: (url: string) => void): Promise<void> => {
  if (url() === undefined) open((await isFree(usualPort)) ? usualPort : 0, '127.0.0.1')
  // the wait blocks this thread, and with it every listener: signals do what they do by themselves, and end the process
  // (whoever has something to leave in order does so when it is told)
  const before = signals.map((signal) => [signal, process.listeners(signal)] as const)
  for (const signal of signals) process.removeAllListeners(signal)
  // told last: a debugger that lets the program go before the wait has begun is not heard, and has to say it again
  tell(url()!)
  wait()
  for (const [signal, listeners] of before) for (const listener of listeners) process.on(signal, listener)
}
