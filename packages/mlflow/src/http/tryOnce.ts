// One try of one request: its deadline, and what a failed fetch means. Used by `makeSend`.
import { MlflowUnavailableError, type MlflowRequest } from '../errors.ts'
import type { MlflowFetch } from '../MlflowOptions.ts'
import type { Ask } from './Ask.ts'
import { refusalOf } from './refusalOf.ts'

/** Errors of the name service and of connecting: nothing was sent. */
const notSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/

const failureOf = (error: unknown, request: MlflowRequest): MlflowUnavailableError => {
  const cause = (error as { readonly cause?: { readonly code?: string; readonly message?: string } }).cause
  const code = cause?.code ?? ''
  const what = code || cause?.message || (error instanceof Error ? error.message : 'an unknown failure')
  // fetch asks nobody at the ports of other services, such as 1 and 6000
  if (cause?.message === 'bad port')
    return new MlflowUnavailableError(request, 'refused', 'fetch sends nothing to this port: give the server another', {
      cause: error,
    })
  return notSent.test(code)
    ? new MlflowUnavailableError(
        request,
        'refused',
        `no connection (${what}). Is the server running, and the address right?`,
        {
          cause: error,
        },
      )
    : new MlflowUnavailableError(request, 'connection', `the connection broke before the answer was whole (${what})`, {
        cause: error,
      })
}

export interface Attempt {
  readonly uri: string
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: MlflowFetch
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

interface Body {
  readonly type?: string
  readonly body?: NonNullable<RequestInit['body']>
  readonly duplex?: 'half'
}

const bodyOf = ({ json, data, mediaType }: Ask<unknown>): Body => {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) }
  if (data === undefined) return {}
  const type = mediaType ?? 'application/octet-stream'
  // the DOM's types, where a program has them too, refuse bytes whose memory might be shared; fetch takes them
  const body = data as NonNullable<RequestInit['body']>
  return data instanceof ReadableStream ? { type, body, duplex: 'half' } : { type, body }
}

export const addressOf = (uri: string, { path, query = {} }: Ask<unknown>): string => {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value))
  return `${uri}${path}${given.size > 0 ? `?${given.toString()}` : ''}`
}

/** @throws MlflowRefusedError, MlflowUnavailableError, or the signal's reason */
export const tryOnce = async <A>(ask: Ask<A>, given: Attempt): Promise<A> => {
  const request = { method: ask.method, address: addressOf(given.uri, ask) }
  const { signal } = given
  signal?.throwIfAborted()
  // not AbortSignal.any: on Node 20 it keeps a listener on a signal that lives as long as the client
  const deadline = new AbortController()
  const abort = (): void => deadline.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  const ms = ask.timeout ?? given.timeout
  let late = false
  const timer = setTimeout(() => {
    late = true
    deadline.abort()
  }, ms)
  try {
    const { type, ...body } = bodyOf(ask)
    const answer = await given.fetch(request.address, {
      ...body,
      method: ask.method,
      headers: { ...(type !== undefined && { 'content-type': type }), ...given.headers },
      redirect: 'manual',
      signal: deadline.signal,
    })
    if (!answer.ok) throw await refusalOf(answer, request)
    return await ask.read(answer, request)
  } catch (error) {
    signal?.throwIfAborted()
    if (late) throw new MlflowUnavailableError(request, 'timeout', `no answer within ${ms} ms`, { cause: error })
    const ours = error instanceof Error && '_tag' in error
    throw ours ? error : failureOf(error, request)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
