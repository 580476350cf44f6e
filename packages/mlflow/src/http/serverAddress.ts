// The tracking server's address and who asks. Credentials leave the address here, so that no error can print them.
import { Buffer } from 'node:buffer'
import { MlflowValueError } from '../errors.ts'
import type { MlflowOptions } from '../MlflowOptions.ts'

export interface ServerAddress {
  /** Without credentials and without a slash at its end. */
  readonly uri: string
  readonly headers: Readonly<Record<string, string>>
}

const basic = (username: string, password: string): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new MlflowValueError(
      'uri',
      'an address whose user and password are percent-encoded',
      'one that cannot be decoded',
    )
  }
}

/** As MLflow's own clients do: a user in the address first, then user and password, then the token. */
const credentials = (url: URL, { token, username, password }: MlflowOptions): Readonly<Record<string, string>> => {
  if (url.username !== '' || url.password !== '') return basic(decoded(url.username), decoded(url.password))
  if (username !== undefined || password !== undefined) {
    if (username === undefined || password === undefined)
      throw new MlflowValueError('options', 'given both username and password', 'given only one of them')
    return basic(username, password)
  }
  if (token === undefined) return {}
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new MlflowValueError('options.token', 'printable ASCII without spaces', 'something else')
  return { authorization: `Bearer ${token}` }
}

export const serverAddress = (uri: string, options: MlflowOptions): ServerAddress => {
  const wanted = 'the http or https address of a tracking server, for example http://127.0.0.1:5000'
  if (typeof uri !== 'string' || !URL.canParse(uri)) throw new MlflowValueError('uri', wanted, 'no address')
  const url = new URL(uri)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new MlflowValueError('uri', wanted, `one of ${url.protocol} (start a server on it: mlflow server)`)
  if (url.search !== '' || url.hash !== '') throw new MlflowValueError('uri', wanted, 'one with a ? or # part')
  const headers = credentials(url, options)
  return { uri: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, headers }
}
