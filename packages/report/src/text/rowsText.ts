/** Row ids with runs drawn together: G9, G11, G12, G13 → `G9, G11–G13`. */
export const rowsText = (rows: ReadonlyArray<string>): string => {
  const parts: Array<{ from: string; to: string }> = []
  const next = (id: string): string => id.replace(/\d+$/, (n) => String(Number(n) + 1))
  for (const row of rows) {
    const last = parts.at(-1)
    if (last && /\d$/.test(last.to) && next(last.to) === row) last.to = row
    else parts.push({ from: row, to: row })
  }
  return parts.map(({ from, to }) => (from === to ? from : `${from}${next(from) === to ? ', ' : '–'}${to}`)).join(', ')
}
