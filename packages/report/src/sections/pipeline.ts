// The pipeline as a drawing, and the settings that a person chose for it.
import { drawGraph } from '../graph/drawGraph.ts'
import { stageGraph } from '../graph/stageGraph.ts'
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export const pipeline = ({ stages }: ReportInput): Section | undefined => {
  if (stages.length === 0) return undefined
  const graph = stageGraph(stages)
  const merged = graph.nodes.some(({ times }) => times > 1)
  return {
    id: 'pipeline',
    title: 'How it was made: the pipeline',
    body: markup`<p class="note">Each box is a stage with the time it took; data goes along the arrows, from top to bottom. An arrow that follows from others is left out.${
      merged ? ' Stages that were run once for each variant share a box.' : undefined
    }</p>
<div class="picture" tabindex="0" role="group" aria-label="Pipeline, drawing">${drawGraph(graph)}</div>
`,
  }
}
