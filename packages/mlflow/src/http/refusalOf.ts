// What an answer that is not 200 means: JSON of MLflow's own, or HTML and plain text of its web server and of proxies.
import { MlflowRefusedError, MlflowUnavailableError, type MlflowError, type MlflowRequest } from '../errors.ts'

/** Time-outs, overload, and failures that another try may not meet (a locked database is a 500). */
const transient = new Set([408, 425, 429, 500, 502, 503, 504])

/** The words of an error page, cut. */
export const wordsOf = (text: string): string => {
  const words = text.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
  return words.replace(/\s+/g, ' ').trim().slice(0, 300)
}

const mlflowError = (text: string): { readonly code: string; readonly message: string } | undefined => {
  try {
    const { error_code: code, message } = JSON.parse(text) as Record<string, unknown>
    return typeof code === 'string'
      ? { code, message: typeof message === 'string' ? message.slice(0, 1000) : '' }
      : undefined
  } catch {
    return undefined
  }
}

/** Seconds or a date, as milliseconds from now. */
const retryAfterOf = (answer: Response): number | undefined => {
  const header = answer.headers.get('retry-after')
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

const credentialsHint =
  'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, and give mlflowOptionsOfEnv() to the client.'

/** A word for a status without MLflow's own error code. */
const otherRefusals: Readonly<Record<number, readonly [code: string, wayOn: string]>> = {
  401: ['UNAUTHENTICATED', credentialsHint],
  403: ['PERMISSION_DENIED', credentialsHint],
  413: ['REQUEST_TOO_LARGE', 'A proxy before the server limits the size of requests: raise its limit.'],
}

export const refusalOf = async (answer: Response, request: MlflowRequest): Promise<MlflowError> => {
  const { status } = answer
  const text = await answer.text()
  const said = mlflowError(text)
  if (status >= 500 || transient.has(status)) {
    if (status === 501 && said) return new MlflowRefusedError(request, status, said.code, said.message)
    const retryAfter = retryAfterOf(answer)
    return new MlflowUnavailableError(
      request,
      'status',
      `the server answered ${status}: ${said?.message ?? wordsOf(text)}`,
      {
        status,
        ...(retryAfter !== undefined && { retryAfter }),
      },
    )
  }
  if (status < 400) {
    const to = answer.headers
      .get('location')
      ?.replace(/[?#].*/, '')
      .replace(/\/\/[^/]*@/, '//')
    return new MlflowUnavailableError(
      request,
      'answer',
      `the server sends elsewhere, to ${to ?? 'nowhere'}. Give the tracking server's own address, and credentials if that is a login page.`,
      { status },
    )
  }
  if (said)
    return new MlflowRefusedError(request, status, said.code, said.message, status === 401 ? credentialsHint : '')
  if (status === 403 && /Invalid Host header|Cross-origin request/i.test(text))
    return new MlflowUnavailableError(
      request,
      'host',
      `${wordsOf(text)}. The server does not know this host name: start it with --allowed-hosts '${new URL(request.address).host}' (its /health and /version answer all the same).`,
      { status },
    )
  if (status === 404 || status === 405)
    return new MlflowUnavailableError(
      request,
      'answer',
      `the server does not know this request (${status}). Is the address that of an MLflow tracking server, with the path it may be served under?`,
      { status },
    )
  const [code, wayOn] = otherRefusals[status] ?? [`HTTP_${status}`, '']
  return new MlflowRefusedError(request, status, code, wordsOf(text), wayOn)
}

export const isTransient = (error: MlflowUnavailableError): boolean =>
  error.reason === 'refused' ||
  error.reason === 'timeout' ||
  error.reason === 'connection' ||
  (error.reason === 'status' && transient.has(error.status ?? 0))

/** Whether the request can have had no effect: it reached nobody, or was turned away before it was looked at. */
export const wasNotCarriedOut = (error: MlflowUnavailableError): boolean =>
  error.reason === 'refused' || error.reason === 'host' || error.status === 429
