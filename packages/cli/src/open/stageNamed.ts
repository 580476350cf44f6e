// From what the user wrote to nodes of a run: a label, or the id of a stage with all its arms; and `<stage>.<port>`.
import type { RunRecordNode } from '@radiograft/artefact-store'
import { UnknownNameError } from '@radiograft/pipeline'

type Named = Pick<RunRecordNode, 'label' | 'id'>

/** The node of a label, else all nodes of an id. Throws `UnknownNameError` with what was probably meant. */
export const stagesNamed = <N extends Named>(nodes: ReadonlyArray<N>, name: string): ReadonlyArray<N> => {
  const labelled = nodes.filter(({ label }) => label === name)
  if (labelled.length > 0) return labelled
  const arms = nodes.filter(({ id }) => id === name)
  if (arms.length > 0) return arms
  throw new UnknownNameError(
    'stage',
    name,
    name.includes('[') ? nodes.map(({ label }) => label) : [...new Set(nodes.map(({ id }) => id))],
  )
}

/** `fit-detector[arm=attention].detector` → the nodes and the port; a dot may also be part of a label. */
export const stageAndPort = <N extends Named>(
  nodes: ReadonlyArray<N>,
  given: string,
): { readonly nodes: ReadonlyArray<N>; readonly port: string | undefined } => {
  const isName = (name: string): boolean => nodes.some(({ id, label }) => id === name || label === name)
  const dot = given.lastIndexOf('.')
  // a dot inside brackets belongs to an axis' value, such as [coupling=0.5]
  if (isName(given) || dot <= given.lastIndexOf(']')) return { nodes: stagesNamed(nodes, given), port: undefined }
  return { nodes: stagesNamed(nodes, given.slice(0, dot)), port: given.slice(dot + 1) }
}
