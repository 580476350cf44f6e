// One card for each network that the run made: Mitchell et al., "Model cards for model reporting" (FAT* 2019), in short.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { count } from '../text/words.ts'
import { modelCard } from './modelCard.ts'
import type { Section } from './Section.ts'

export const modelCards = (input: ReportInput): Section | undefined => {
  const { models, stages } = input
  if (models.length === 0) return undefined
  const byLabel = new Map(stages.map((stage, i) => [stage.label, { stage, id: `stage-${i + 1}` }]))
  const cards = new Map(models.map(({ stage }, i) => [stage, `model-${i + 1}`]))
  return {
    id: 'models',
    title: 'The networks: model cards',
    body: markup`<p class="note">${count(models.length, 'network')} came out of this run. What each is, what it was trained on, what judges it, and what it must not be used for.</p>
<div class="cards">
${models.map((model, i) => modelCard(input, model, { id: `model-${i + 1}`, made: byLabel.get(model.stage), cards }))}</div>
`,
    parts: models.map((model, i) => ({ id: `model-${i + 1}`, title: model.stage })),
  }
}
