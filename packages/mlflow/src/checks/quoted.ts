// A text within MLflow's filter language, which knows two kinds of quotes and no escape. Used by searches for names and ids.
import { MlflowValueError } from '../errors.ts'
import { checkText } from './checks.ts'

export const quoted = (field: string, value: unknown): string => {
  const text = checkText(field, value)
  if (!text.includes("'")) return `'${text}'`
  if (!text.includes('"')) return `"${text}"`
  throw new MlflowValueError(field, 'a text with at most one kind of quotes, to be searched for', 'one with both')
}
