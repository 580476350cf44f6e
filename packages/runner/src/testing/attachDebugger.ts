// A debugger's end of the inspector protocol, as little of it as a test needs: Node 20 has no WebSocket of its own.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

export interface Debugger {
  /** Sends a command; settles with its result. */
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>
  /** The next event of this name, from those that came before it was asked for. */
  readonly event: (method: string) => Promise<Readonly<Record<string, unknown>>>
  /** Lets a program go that waits for a debugger, until it pauses: what is said before the wait has begun is not heard. */
  readonly go: () => Promise<Readonly<Record<string, unknown>>>
  /** All events of this name so far that nobody asked for. */
  readonly seen: (method: string) => ReadonlyArray<Readonly<Record<string, unknown>>>
  readonly close: () => void
}

/** A text frame from the client: masked, as RFC 6455 wants it. */
const frame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const mask = randomBytes(4)
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i & 3]!)])
}

/** Whole frames at the beginning of the bytes, what is left, and whether the other end said that it closes. */
const frames = (
  bytes: Buffer,
): { readonly texts: ReadonlyArray<string>; readonly rest: Buffer; readonly closed: boolean } => {
  const texts: string[] = []
  let closed = false
  let rest = bytes
  while (rest.length >= 2) {
    const short = rest[1]! & 127
    const at = short === 127 ? 10 : short === 126 ? 4 : 2
    if (rest.length < at) break
    const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short
    if (rest.length < at + length) break
    const opcode = rest[0]! & 15
    if (opcode === 1) texts.push(rest.toString('utf8', at, at + length))
    closed ||= opcode === 8
    rest = rest.subarray(at + length)
  }
  return { texts, rest, closed }
}

/** `url`: `ws://127.0.0.1:9229/…` */
export const attachDebugger = async (url: string): Promise<Debugger> => {
  const { hostname, port, pathname, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  const answers = new Map<number, (result: Readonly<Record<string, unknown>>) => void>()
  const events = new Map<string, Array<Readonly<Record<string, unknown>>>>()
  const waiting = new Map<string, (params: Readonly<Record<string, unknown>>) => void>()
  let bytes = Buffer.alloc(0)
  let open: (() => void) | undefined
  const opened = new Promise<void>((settle) => (open = settle))
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    if (open) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) return
      bytes = bytes.subarray(end + 4)
      open()
      open = undefined
    }
    const { texts, rest, closed } = frames(bytes)
    if (closed) socket.end()
    bytes = Buffer.from(rest)
    for (const text of texts) {
      const { id, result, method, params } = JSON.parse(text) as {
        readonly id?: number
        readonly result?: Readonly<Record<string, unknown>>
        readonly method?: string
        readonly params?: Readonly<Record<string, unknown>>
      }
      if (id !== undefined) answers.get(id)?.(result ?? {})
      else if (method !== undefined) {
        const settle = waiting.get(method)
        waiting.delete(method)
        if (settle) settle(params ?? {})
        else events.set(method, [...(events.get(method) ?? []), params ?? {}])
      }
    }
  })
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  await opened
  let last = 0
  const send: Debugger['send'] = (method, params = {}) => {
    const id = ++last
    socket.write(frame(JSON.stringify({ id, method, params })))
    return new Promise((settle) => answers.set(id, settle))
  }
  const event: Debugger['event'] = (method) => {
    const [first, ...rest] = events.get(method) ?? []
    events.set(method, rest)
    return first ? Promise.resolve(first) : new Promise((settle) => waiting.set(method, settle))
  }
  return {
    send,
    event,
    go: async () => {
      const paused = event('Debugger.paused')
      const again = setInterval(() => void send('Runtime.runIfWaitingForDebugger'), 200)
      await send('Runtime.runIfWaitingForDebugger')
      return paused.finally(() => clearInterval(again))
    },
    seen: (method) => events.get(method) ?? [],
    close: () => socket.destroy(),
  }
}
