// Rows of text as aligned columns, two spaces between them, no trailing space.

export const alignColumns = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  align: ReadonlyArray<'left' | 'right'> = [],
): ReadonlyArray<string> => {
  const widths = rows.reduce<ReadonlyArray<number>>(
    (max, row) => row.map((cell, i) => Math.max(max[i] ?? 0, [...cell].length)),
    [],
  )
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - [...cell].length))
    return align[i] === 'right' ? space + cell : cell + space
  }
  return rows.map((row) => row.map(pad).join('  ').trimEnd())
}
