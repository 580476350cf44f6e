// Ports on this machine. Used by server.mjs.
import { createServer } from 'node:net'

const host = '127.0.0.1'

/** The port that was taken, or undefined when somebody has it. @param port 0 for any */
const take = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen({ port, host, exclusive: true }, () => {
      const taken = server.address().port
      server.close(() => resolve(taken))
    })
  })

/** @param port 0 for any */
export const isFree = async (port) => (await take(port)) !== undefined

/** @param from 0 for any free one */
export const freePort = async (from) => {
  for (let port = from; port < from + 100; port += 1) {
    const taken = await take(port)
    if (taken !== undefined) return taken
  }
  throw new Error(`no free port from ${from} to ${from + 99}: name one with --port`)
}
