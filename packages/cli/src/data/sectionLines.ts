// A description of a folder as lines of a terminal. Used by `data`.
import type { Paint } from '../text/paint.ts'
import { alignColumns } from '../text/alignColumns.ts'
import type { DescribedData } from './folderCommands.ts'

export const sectionLines = (
  { sections, warnings }: Pick<DescribedData, 'sections' | 'warnings'>,
  paint: Paint,
): ReadonlyArray<string> => [
  ...sections.flatMap(({ title, rows, head, align }) => {
    const lines = alignColumns(rows, align)
    return [paint.bold(title), ...lines.map((line, i) => (head && i === 0 ? paint.dim(line) : line)), '']
  }),
  ...(warnings.length === 0
    ? [`${paint.green('✓')} Nothing to warn of.`]
    : [
        paint.bold(warnings.length === 1 ? 'A warning' : `${warnings.length} warnings`),
        ...warnings.map(({ text }) => `${paint.yellow('!')} ${text}`),
      ]),
]
