// Where an artifact lies: a path that the server stores as it is given, and its address behind the server's artifact proxy.
import { checkFilled } from '../checks/checks.ts'
import { MlflowValueError } from '../errors.ts'

/** The server decodes a path until nothing changes, so `a%20b` would be stored as `a b`; it refuses # and escapes controls. */
const wrongWith = (path: string): string | undefined => {
  if (/[\p{Cc}#\\]/u.test(path)) return 'one with #, \\ or a control character'
  if (/%[0-9a-f]{2}/i.test(path)) return 'one with % before two hex digits'
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return 'one that starts like a drive or a scheme'
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'one with an empty part, . or ..'
  return parts.some((part) => Buffer.byteLength(part) > 255) ? 'one with a name of more than 255 bytes' : undefined
}

export const checkArtifactPath = (field: string, value: unknown): string => {
  const path = checkFilled(field, value)
  const wrong = wrongWith(path)
  if (wrong !== undefined) throw new MlflowValueError(field, 'a relative path like reports/a.html', wrong)
  return path
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** @param root `mlflow-artifacts:/1/<run>/artifacts` */
export const artifactAddress = (root: string, path: string): string => {
  const inside = /^mlflow-artifacts:(?:\/\/[^/]+)?\/+(.+?)\/*$/.exec(root)?.[1]
  if (inside === undefined)
    throw new MlflowValueError(
      "the run's artifactUri",
      'served by the tracking server (start it with --serve-artifacts, as is its default, and make a new experiment)',
      `of the kind '${/^[a-z0-9+.-]*:/i.exec(root)?.[0] ?? 'a path'}'`,
    )
  return `/api/2.0/mlflow-artifacts/artifacts/${encoded(inside)}/${encoded(path)}`
}
