// Rows as CSV (RFC 4180) and as JSON, for other programs.

type Row = Readonly<Record<string, unknown>>

const field = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Uint8Array) return `${value.length} bytes`
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvOf = (names: ReadonlyArray<string>, rows: ReadonlyArray<Row>): string =>
  [names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => `${row.map(field).join(',')}\r\n`).join('')

/** What JSON has no number for becomes null; bytes become their length. */
const plainJson = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Uint8Array) return { bytes: value.length }
  if (ArrayBuffer.isView(value)) return { values: (value as Float32Array).length }
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainJson(one)]))
  return value
}

/** What would move a terminal's cursor or turn its text, in JSON's own escapes: the same value to whoever parses it. */
const escaped = (text: string): string =>
  text.replaceAll(/[\u007F-\u009F]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )

export const jsonText = (value: unknown): string => `${escaped(JSON.stringify(plainJson(value), undefined, 2))}\n`
