// One card for each network that the run made: Mitchell et al., "Model cards for model reporting" (FAT* 2019), in short.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { count } from '../text/words.ts'
import { modelCard } from './modelCard.ts'
import type { Section } from './Section.ts'

/** Networks that have a card each; of more, those of one stage share the card of the first. */
const each = 16

/** `fit-detector` of `fit-detector[arm=plain,seed=3]` */
const stageOf = (label: string): string => label.replace(/\[.*$/, '')

export const modelCards = (input: ReportInput): Section | undefined => {
  const { models, stages } = input
  if (models.length === 0) return undefined
  const byLabel = new Map(stages.map((stage, i) => [stage.label, { stage, id: `stage-${i + 1}` }]))
  const groups = new Map<string, typeof models>()
  for (const model of models) {
    const key = models.length > each ? stageOf(model.stage) : model.stage
    groups.set(key, [...(groups.get(key) ?? []), model])
  }
  const shown = [...groups.values()].map((group, i) => ({ model: group[0]!, group, id: `model-${i + 1}` }))
  const cards = new Map(shown.flatMap(({ group, id }) => group.map(({ stage }) => [stage, id] as const)))
  return {
    id: 'models',
    title: 'The networks: model cards',
    body: markup`<p class="note">${count(models.length, 'network')} came out of this run. What each is, what it was trained on, what judges it, and what it must not be used for.${
      shown.length < models.length
        ? ' Networks of one stage, such as those of other arms and training seeds, share the card of the first.'
        : undefined
    }</p>
<div class="cards">
${shown.map(({ model, group, id }) => {
  const card = modelCard(input, model, { id, made: byLabel.get(model.stage), cards })
  return group.length === 1
    ? card
    : markup`<p class="note">The first of ${count(group.length, 'network')} of <code>${stageOf(model.stage)}</code>; what differs between them is in their stages’ settings.</p>\n${card}`
})}</div>
`,
    parts: shown.map(({ model, group, id }) => ({
      id,
      title: group.length === 1 ? model.stage : `${stageOf(model.stage)}, ${group.length} networks`,
    })),
  }
}
