// A proxy in front of a real server that does to requests what networks and servers under load do. For tests of tracking.
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Mischief =
  | 'none'
  /** not passed on */
  | 'status 500'
  | 'html'
  | 'hang'
  | 'reset'
  /** passed on and carried out, and the answer is lost, or ends half-way */
  | 'answer lost'
  | 'answer cut'
  /** half of a batch is carried out, and the answer is 500 */
  | 'half written'

export interface WickedProxy {
  readonly uri: string
  /** how often each was done */
  readonly done: Readonly<Record<string, number>>
  readonly close: () => Promise<void>
}

/** The first half of the points of a batch; undefined for what is no batch of several points. */
const halfOf = (url: string, body: Buffer): Buffer | undefined => {
  if (!url.endsWith('/log-batch')) return undefined
  const batch = JSON.parse(body.toString('utf8')) as { readonly metrics?: ReadonlyArray<unknown> }
  if (!batch.metrics || batch.metrics.length < 2) return undefined
  return Buffer.from(JSON.stringify({ ...batch, metrics: batch.metrics.slice(0, batch.metrics.length >> 1) }))
}

/** @param choose what to do with the request of this number */
export const wickedProxy = async (target: string, choose: (count: number) => Mischief): Promise<WickedProxy> => {
  const done: Record<string, number> = {}
  let count = 0
  const pass = (from: IncomingMessage, body: Buffer): Promise<{ status: number; headers: object; body: Buffer }> =>
    new Promise((answered, failed) => {
      const headers = { ...from.headers, 'content-length': String(body.length) }
      const onward = request(new URL(from.url!, target), { method: from.method, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', failed)
        answer.on('end', () =>
          answered({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }),
        )
      })
      onward.on('error', failed)
      onward.end(body)
    })
  const receive = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of from) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const half = halfOf(from.url!, body)
    let mischief = choose(count++)
    if (mischief === 'half written' && !half) mischief = 'answer lost'
    done[mischief] = (done[mischief] ?? 0) + 1
    if (mischief === 'status 500') return void to.writeHead(500, { 'content-type': 'text/html' }).end('<h1>no</h1>')
    if (mischief === 'html') return void to.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
    if (mischief === 'hang') return
    if (mischief === 'reset') return void from.socket.resetAndDestroy()
    const answer = await pass(from, mischief === 'half written' ? half! : body)
    if (mischief === 'answer lost') return void from.socket.destroy()
    if (mischief === 'half written') return void to.writeHead(500).end()
    const { 'transfer-encoding': _, ...headers } = answer.headers as Record<string, string>
    to.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length) })
    if (mischief !== 'answer cut') return void to.end(answer.body)
    to.write(answer.body.subarray(0, answer.body.length >> 1), () => from.socket.destroy())
  }
  const server = createServer((from, to) => void receive(from, to).catch(() => from.socket.destroy()))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
