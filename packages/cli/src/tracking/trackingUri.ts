// Where runs are tracked: MLFLOW_TRACKING_URI, as MLflow's own tools read it. Not set, or empty: nowhere.
import { UsageError } from '../UsageError.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const examples: ReadonlyArray<readonly [RegExp, (uri: string) => string]> = [
  [
    /^(?:sqlite|mysql|postgresql|mssql)\b/i,
    () =>
      'it names a database. Start a server on it (mlflow server --backend-store-uri …) and give the server’s address',
  ],
  [
    /^(?:file:|\/|\.)/i,
    () => 'it names a folder. Start a server (npx nx run tools:mlflow, or mlflow server) and give the server’s address',
  ],
  [/^databricks\b/i, () => 'it names a Databricks profile, which is not supported. Give the https address of a server'],
]

const isDecodable = (text: string): boolean => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Throws `UsageError`. @param from who names it: the variable, or a flag */
export const checkUri = (uri: string, from: string): string => {
  const wrong = (why: string): UsageError =>
    // the address may hold a password
    new UsageError(`${from} cannot be used: ${why}, such as http://127.0.0.1:5000.`)
  for (const [form, why] of examples) if (form.test(uri)) throw wrong(why(uri))
  if (!URL.canParse(uri)) throw wrong('it is no address. Give one that begins with http:// or https://')
  const { protocol, username, password } = new URL(uri)
  for (const [part, text] of [
    ['user', username],
    ['password', password],
  ] as const)
    if (!isDecodable(text)) throw wrong(`the ${part} in it holds a % that begins no code. Write a % of your own as %25`)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw wrong(`it begins with ${protocol}. Give an address that begins with http:// or https://`)
  return uri
}

/** Undefined where runs are not tracked. Throws `UsageError` for an address that no run can be sent to. */
export const trackingUri = (env: Environment): string | undefined => {
  const uri = env['MLFLOW_TRACKING_URI']?.trim() ?? ''
  return uri === '' ? undefined : checkUri(uri, 'MLFLOW_TRACKING_URI')
}
