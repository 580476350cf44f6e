// The finding that a folder's target is about. Used by checkFolder.
import type { FolderTables } from '../layouts/FolderLayout.ts'
import { didYouMean } from './nearestName.ts'
import { quoted } from './report.ts'
import type { Report } from './report.ts'

/** @returns undefined after reporting that it is unknown, or that there are several and none was named */
export const chooseFinding = (
  { findings, finding }: Pick<FolderTables, 'findings' | 'finding'>,
  named: string | undefined,
  report: Report,
): string | undefined => {
  const known = findings.map(quoted).join(', ')
  if (named === undefined) {
    if (finding !== undefined) return finding
    report('finding', findings.length > 0 ? `there are several findings: name one of ${known}` : 'there is no finding')
    return undefined
  }
  if (findings.includes(named)) return named
  const near = didYouMean(named, findings)
  report(
    'finding',
    `the finding ${quoted(named)} is unknown${near}${near === '' ? ';' : ''} known are ${known || 'none'}`,
  )
  return undefined
}
