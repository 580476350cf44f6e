// Rows of text as aligned columns, two spaces between them, no trailing space.

/** Characters as a terminal counts them, near enough: code points. */
const lengthOf = (cell: string): number => Array.from(cell).length

export const alignColumns = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  align: ReadonlyArray<'left' | 'right'> = [],
): ReadonlyArray<string> => {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, lengthOf(cell))
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, widths[i]! - lengthOf(cell)))
    return align[i] === 'right' ? space + cell : cell + space
  }
  return rows.map((row) => row.map(pad).join('  ').trimEnd())
}
