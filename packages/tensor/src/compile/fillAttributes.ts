// Eager calls leave attributes out that TensorFlow infers from the inputs at hand; a graph needs them written down.
// This fills the gaps from the op's definition, and refuses what it cannot derive, by name.
import { CompiledStepError } from './CompiledStepError.ts'
import type { AttributeValue } from './graphSpec.ts'
import { opTable } from './opTable.ts'
import { ownOps } from './ownOps.ts'

/** `T` = a type attribute, `#3` = a fixed type, `N*T` = N of one type, `[T]` = a list of mixed types. */
type Definition = { readonly inputs: ReadonlyArray<string>; readonly attributes: ReadonlyMap<string, boolean> }

const parsed = new Map<string, Definition>()

const words = (side: string) => side.split(' ').filter((word) => word !== '')

const definitionOf = (op: string): Definition | undefined => {
  const known = parsed.get(op)
  if (known) return known
  const row = [opTable, ownOps].find((table) => Object.hasOwn(table, op))?.[op]
  if (row === undefined) return undefined
  const [inputs = '', attributes = ''] = row.split('|').map((side) => side.trim())
  const required = words(attributes).map((word) => [word.replace('!', ''), word.endsWith('!')] as const)
  const definition = { inputs: words(inputs), attributes: new Map(required) }
  parsed.set(op, definition)
  return definition
}

/** Type and count attributes that follow from the dtypes of the inputs. */
const derive = (
  definition: Definition,
  given: Readonly<Record<string, AttributeValue>>,
  dtypes: ReadonlyArray<number>,
): Record<string, AttributeValue> => {
  const derived: Record<string, AttributeValue> = {}
  const { inputs } = definition
  let at = 0
  inputs.forEach((input, i) => {
    // A list takes what is left after the inputs that follow it, unless its length is given.
    const later = inputs.length - i - 1
    const counted = input.split('*')
    if (input.startsWith('[')) {
      const count = dtypes.length - at - later
      derived[input.slice(1, -1)] = { kind: 'types', value: dtypes.slice(at, at + count) }
      at += count
    } else if (counted.length === 2) {
      const [number = '', type = ''] = counted
      const stated = given[number] ?? derived[number]
      const count = stated?.kind === 'int' ? stated.value : dtypes.length - at - later
      derived[number] = { kind: 'int', value: count }
      const dtype = dtypes[at]
      if (dtype !== undefined && !type.startsWith('#')) derived[type] = { kind: 'type', value: dtype }
      at += count
    } else {
      const dtype = dtypes[at]
      if (dtype !== undefined && !input.startsWith('#')) derived[input] = { kind: 'type', value: dtype }
      at += 1
    }
  })
  return derived
}

/**
 * The complete attributes of an op in a graph: those given that the op has, and those that follow from its inputs.
 * @param dtypes TensorFlow's type numbers of the inputs, in order.
 * @throws CompiledStepError for an op that is not pure, or when an attribute without default stays unknown.
 */
export const fillAttributes = (
  op: string,
  given: Readonly<Record<string, AttributeValue>>,
  dtypes: ReadonlyArray<number>,
  at?: () => string | undefined,
): Record<string, AttributeValue> => {
  const definition = definitionOf(op)
  if (!definition) {
    const message = `the op ${op} cannot be part of a compiled step: it is not a pure function of numeric tensors (it keeps random state, works on strings, or is unknown)`
    throw new CompiledStepError(
      op.startsWith('Random') || op === 'Multinomial' ? `${message}; use statelessUniform for random numbers` : message,
      { subject: op, at: at?.() },
    )
  }
  const derived = derive(definition, given, dtypes)
  const complete: Record<string, AttributeValue> = {}
  for (const [name, required] of definition.attributes) {
    const value = given[name] ?? derived[name]
    if (value !== undefined) complete[name] = value
    else if (required) {
      const message = `the op ${op} was called without its attribute '${name}', which does not follow from its inputs; give it in the kernel call`
      throw new CompiledStepError(message, { subject: op, at: at?.() })
    }
  }
  return complete
}
