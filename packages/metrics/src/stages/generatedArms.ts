// Parameters by which the stages of generated films say which generator each wired artefact comes from, and the contrasts of them.
import { Schema } from 'effect'
import { param } from '@radiograft/pipeline'
import type { ArmContrast } from '../distribution/measureArms.ts'
import { BETWEEN } from '../comparisonRows.ts'
import { MetricError } from '../MetricError.ts'

export const namesParam = param(Schema.Array(Schema.String), {
  default: [],
  doc: 'the generator of each wired artefact, such as `pggan`; each name once',
})

/** Between two arms whose ratio is asked for; a difference has ` − `. */
const OVER = ' / '

/**
 * The wired artefacts by name, in their order.
 * @throws MetricError when there is not one name an artefact, a name stands twice or is one of those that the stage gives itself
 */
export const armsByName = <T>(
  names: ReadonlyArray<string>,
  artefacts: ReadonlyArray<T>,
  reserved: ReadonlyArray<string> = [],
): ReadonlyMap<string, T> => {
  if (names.length !== artefacts.length)
    throw new MetricError('names', `${names.length} names for ${artefacts.length} generators: give one each`)
  const wrong = names.find((name, i) => name === '' || names.indexOf(name) !== i || reserved.includes(name))
  if (wrong !== undefined)
    throw new MetricError(
      'names',
      `"${wrong}" is empty, stands twice or is a reference's (${reserved.join(', ')}): give another`,
    )
  return new Map(names.map((name, i) => [name, artefacts[i]!]))
}

/**
 * `a − b` and `a / b` as contrasts; those with an arm that is not there are left out.
 * @throws MetricError when a text is neither
 */
export const contrastsOf = (
  texts: ReadonlyArray<string>,
  arms: ReadonlyMap<string, unknown>,
): ReadonlyArray<ArmContrast> =>
  texts.flatMap((text): ReadonlyArray<ArmContrast> => {
    for (const [between, how] of [
      [BETWEEN, 'difference'],
      [OVER, 'ratio'],
    ] as const) {
      const [a = '', b = '', ...rest] = text.split(between)
      if (b !== '' && rest.length === 0) return arms.has(a) && arms.has(b) ? [{ a, b, how }] : []
    }
    throw new MetricError('contrasts', `"${text}": write a difference as "a${BETWEEN}b", a ratio as "a${OVER}b"`)
  })

/** The arm of a contrast's rows. */
export const contrastName = ({ a, b, how }: ArmContrast): string => `${a}${how === 'difference' ? BETWEEN : OVER}${b}`
