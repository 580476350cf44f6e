// Any text as a legal name of a metric, param or tag. Pure: who logs `ap@0.5` today finds it under the same name tomorrow.
import { createHash } from 'node:crypto'
import { firstCharacters } from './checks/characters.ts'
import { illegalCharacters, longestName, wrongWithName } from './checks/checkName.ts'

/**
 * A legal name is kept as it is. Any other becomes its legal characters, with `-` for the others, and the first eight hex
 * digits of its sha256: `ap@0.5` is `ap-0.5-c2b07ed4`. So two texts get one name only if their readable parts agree and 32
 * bits of their digests do, or if one of them was written to look like the other's name.
 */
export const metricName = (text: string): string => {
  if (wrongWithName(text) === undefined) return text
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const readable = text
    .replace(illegalCharacters, '-')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
    .replace(/^[./]+/, '')
  const cut = firstCharacters(readable, longestName - 9)
  return cut === '' ? digest : `${cut}-${digest}`
}
