// The rules of the registry's names.
import { checkFilled } from '../checks/checks.ts'
import { MlflowValueError } from '../errors.ts'

export const checkModelName = (field: string, value: unknown): string => {
  const name = checkFilled(field, value, 250)
  if (!/[/:]/.test(name) && !name.startsWith('..') && name !== '.') return name
  throw new MlflowValueError(field, 'a name without / and :', 'one that a server refuses')
}

export const checkAlias = (field: string, value: unknown): string => {
  const alias = checkFilled(field, value, 255)
  if (/^[\w-]+$/.test(alias) && !/^(v\d+|latest)$/i.test(alias)) return alias
  throw new MlflowValueError(
    field,
    "an alias of letters, digits, _ and -, other than v1, v2… and 'latest'",
    'another text',
  )
}
