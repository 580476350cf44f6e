/** The tables of written folders as text. Used by the layouts. */

/** Rows to the text of a table. No cell of ours holds a comma, a quote or a line end. */
export function csvText(header: string, rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows.map((row) => row.join(','))].join('\n') + '\n'
}
