// Where runs are tracked: MLFLOW_TRACKING_URI, as MLflow's own tools read it. Not set, or empty: nowhere.
import { UsageError } from '../UsageError.ts'

/** Of an experiment; a longer one is refused by the server's database. */
const longestName = 500

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
  const wrong = (why: string, example = ', such as http://127.0.0.1:5000'): UsageError =>
    // the address may hold a password
    new UsageError(`${from} cannot be used: ${why}${example}.`)
  for (const [form, why] of examples) if (form.test(uri)) throw wrong(why(uri))
  if (!URL.canParse(uri)) throw wrong('it is no address. Give one that begins with http:// or https://')
  const { protocol, username, password, search } = new URL(uri)
  for (const [part, text] of [
    ['user', username],
    ['password', password],
  ] as const)
    if (!isDecodable(text))
      throw wrong(`the ${part} in it holds a % that begins no code. Write a % of your own as %25`, '')
  if (protocol !== 'http:' && protocol !== 'https:')
    throw wrong(`it begins with ${protocol}. Give an address that begins with http:// or https://`)
  if (search !== '') throw wrong('it goes on with a ? behind the server’s address. Give the address alone')
  // copied from a browser: what MLflow writes behind the # is a page of this server
  return uri.replace(/#.*$/s, '')
}

/** Throws `UsageError` where half of what a server asks for is given. A user in the address comes before the variables. */
const checkCredentials = (uri: string, env: Environment): void => {
  const { username, password } = new URL(uri)
  if (username !== '' || password !== '') return
  const [user, secret] = ['MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD'] as const
  if (Boolean(env[user]) === Boolean(env[secret])) return
  const [given, missing] = env[user] ? [user, secret] : [secret, user]
  throw new UsageError(`${given} is set and ${missing} is not: set both, or neither of them.`)
}

/** Undefined where runs are not tracked. Throws `UsageError` for an address that no run can be sent to. */
export const trackingUri = (env: Environment): string | undefined => {
  const uri = env['MLFLOW_TRACKING_URI']?.trim() ?? ''
  if (uri === '') return undefined
  const checked = checkUri(uri, 'MLFLOW_TRACKING_URI')
  checkCredentials(checked, env)
  if ((env['MLFLOW_EXPERIMENT_NAME']?.trim().length ?? 0) > longestName)
    throw new UsageError(
      `MLFLOW_EXPERIMENT_NAME is longer than the ${longestName} characters that MLflow takes: give a shorter one.`,
    )
  return checked
}
