// A table as the server's page reads it, and the tag that lists a run's tables. Used by `logTable`.
import { checkList, checkText } from '../checks/checks.ts'
import { kindOf } from '../checks/kindOf.ts'
import { longestTag } from '../checks/longValue.ts'
import { MlflowValueError } from '../errors.ts'
import type { RunTable } from '../MlflowClient.ts'
import { checkArtifactPath } from './artifactPath.ts'

export const tablesTag = 'mlflow.loggedArtifacts'

export const checkTablePath = (path: unknown): string => {
  const checked = checkArtifactPath('path', path)
  // the page finds the tag's paths with these characters in its way
  if (checked.endsWith('.json') && !/["',:[\]{}]/.test(checked)) return checked
  throw new MlflowValueError(
    'path',
    'a path that ends in .json, without quotes, commas, colons and brackets',
    'another one',
  )
}

const checkCell = (field: string, cell: unknown): unknown => {
  if (cell === null || typeof cell === 'boolean') return cell
  if (typeof cell === 'string') return checkText(field, cell)
  // as in a data frame's JSON: no number is null
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  throw new MlflowValueError(field, 'a text, a number, true, false or null', kindOf(cell))
}

export const tableJson = ({ columns, data }: RunTable): string => {
  const names = checkList('columns', columns).map((name, i) => checkText(`columns[${i}]`, name))
  const rows = checkList('data', data).map((row, r) => {
    const cells = checkList(`data[${r}]`, row)
    if (cells.length !== names.length)
      throw new MlflowValueError(`data[${r}]`, `${names.length} cells, one a column`, `${cells.length}`)
    return cells.map((cell, c) => checkCell(`data[${r}][${c}]`, cell))
  })
  return JSON.stringify({ columns: names, data: rows })
}

/** @returns the tag's new value, or undefined when it names the table already */
export const tableAdded = (tag: string | undefined, path: string): string | undefined => {
  let listed: unknown
  try {
    listed = JSON.parse(tag ?? '[]')
  } catch {
    listed = []
  }
  const entries = Array.isArray(listed) ? (listed as ReadonlyArray<{ readonly path?: unknown } | null>) : []
  if (entries.some((entry) => entry?.path === path)) return undefined
  const added = JSON.stringify([...entries, { path, type: 'table' }])
  if (added.length > longestTag)
    throw new MlflowValueError(
      'path',
      'one of fewer tables: their list fills its tag',
      `number ${entries.length + 1} of the run`,
    )
  return added
}
