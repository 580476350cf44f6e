// The graph as a Mermaid flowchart, for README files and `radiograft plan --mermaid`.
import type { ResolvedPipeline } from './resolvePipeline.ts'

const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`

/** One line a node (datasets as cylinders), one arrow a reference, with the output port on it. */
export const toMermaid = (resolved: ResolvedPipeline): string => {
  const name = new Map(resolved.nodes.map((node, i) => [node.identity, `n${i}`]))
  const nodes = resolved.nodes.map(
    (node) => `  ${name.get(node.identity)}${node.dataset ? `[(${quoted(node.label)})]` : `[${quoted(node.label)}]`}`,
  )
  const arrows = resolved.nodes.flatMap((node) =>
    Object.values(node.inputs)
      .flat()
      .map((ref) => `  ${name.get(ref.node.identity)} -- ${ref.port} --> ${name.get(node.identity)}`),
  )
  return ['flowchart TD', ...nodes, ...new Set(arrows)].join('\n') + '\n'
}
