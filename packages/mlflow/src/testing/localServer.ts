// A real HTTP server of node that answers as a test wants, in order; the last answer is given from then on. Used by tests.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Answer = (response: ServerResponse) => void

export interface LocalServer {
  readonly uri: string
  readonly received: ReadonlyArray<Received>
  readonly connections: () => number
  readonly close: () => Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

export const localServer = async (...answers: ReadonlyArray<Answer>): Promise<LocalServer> => {
  const received: Array<Received> = []
  let connections = 0
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request
    received.push({ method, url, headers, body: await bodyOf(request) })
    answers[Math.min(received.length, answers.length) - 1]?.(response)
  }
  const server = createServer((request, response) => {
    void receive(request, response)
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export const json =
  (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))

export const page =
  (status: number, type: string, text: string): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(text)

/** Never answers. */
export const hang: Answer = () => undefined

export const reset: Answer = (response) => response.socket?.resetAndDestroy()

/** Says how long the answer is, and ends before. */
export const halfBody: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
  response.write('{"experim', () => response.socket?.destroy())
}
