// The pipeline as a drawing.
import { drawGraph } from '../graph/drawGraph.ts'
import { stageGraph } from '../graph/stageGraph.ts'
import { markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export const pipeline = (input: ReportInput): Section | undefined => {
  const { stages } = input
  if (stages.length === 0) return undefined
  const graph = stageGraph(stages)
  const merged = graph.nodes.some(({ times }) => times > 1)
  return {
    id: 'pipeline',
    title: 'How it was made: the pipeline',
    body: markup`<p class="note">Each box is a stage with the time it took and the rows of the acceptance list that it answers; it leads to the stage’s settings. Data goes along the arrows, from top to bottom; an arrow that follows from others is left out.${
      merged ? ' Stages that were run once for each variant share a box, with a link for each.' : undefined
    } ${numberLink(input, 'stages-table')} says the same in words.</p>
<ul class="legend"><li class="network">makes a network</li><li class="metrics">measures</li><li class="figure">draws</li></ul>
<div class="picture drawing" tabindex="0" role="group" aria-label="Pipeline, drawing">${drawGraph(graph)}</div>
`,
  }
}
