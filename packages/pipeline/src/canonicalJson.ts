// One JSON text a value, whatever the order in which its keys were written: what every key and digest is taken over.

/**
 * JSON with sorted keys and no white space. `undefined` members are dropped. Numbers that JSON lacks are written as
 * `{"$number":"NaN"}`, typed arrays as plain arrays; −0 stays −0.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number')
    return Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : JSON.stringify(value)) : `{"$number":"${value}"}`
  if (ArrayBuffer.isView(value)) return canonicalJson(Array.from(value as Uint8Array))
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v === undefined ? null : v)).join(',')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`)
      .join(',')}}`
  throw new TypeError(`canonicalJson: a ${typeof value} has no JSON`)
}

const tags = new Set(['NaN', 'Infinity', '-Infinity'])
const isTagged = (value: unknown): value is { readonly $number: string } =>
  typeof value === 'object' &&
  value !== null &&
  tags.has((value as { $number?: string }).$number ?? '') &&
  Object.keys(value).length === 1

/** Reads what `canonicalJson` wrote, NaN and the infinities included. */
export const parseCanonicalJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (isTagged(value) ? Number(value.$number) : value))
