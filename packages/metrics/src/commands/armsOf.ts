// Which arm each artefact of per-film scores belongs to: as `compare-arms` names them, else as the node is labelled.

export interface ScoringNode {
  readonly label: string
  readonly stage: string
  readonly params: Readonly<Record<string, unknown>>
  /** node and port that each wired artefact comes from, by port, in order */
  readonly inputs: Readonly<Record<string, ReadonlyArray<{ readonly node: string; readonly port: string }>>>
  /** ports whose kind is scores */
  readonly scores: ReadonlyArray<string>
}

export interface ArmOfNode {
  readonly arm: string
  readonly node: string
  readonly port: string
}

/** In the order of the arms; scores that no `compare-arms` reads come last. */
export const armsOf = (nodes: ReadonlyArray<ScoringNode>): ReadonlyArray<ArmOfNode> => {
  const named = nodes.flatMap(({ stage, params, inputs }) => {
    const names = params['names']
    if (stage !== 'compare-arms' || !Array.isArray(names)) return []
    return (inputs['arms'] ?? []).map(({ node, port }, i) => ({ arm: String(names[i]), node, port }))
  })
  const isNamed = (node: string, port: string): boolean => named.some((one) => one.node === node && one.port === port)
  const rest = nodes.flatMap(({ label, scores }) =>
    scores.filter((port) => !isNamed(label, port)).map((port) => ({ arm: label, node: label, port })),
  )
  return [...named, ...rest]
}
