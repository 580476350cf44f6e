// One card for each collection of films: Gebru et al., "Datasheets for datasets" (2021), and Pushkarna et al., "Data cards"
// (2022), in short. Counts only: no film and no patient is named.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { collectionName } from '../text/collectionName.ts'
import { dataCard } from './dataCard.ts'
import type { Section } from './Section.ts'

export const dataCards = (input: ReportInput): Section | undefined => {
  const { cohorts } = input
  if (cohorts.length === 0) return undefined
  return {
    id: 'data',
    title: 'The films: data cards',
    body: markup`<div class="cards">
${cohorts.map((cohort, i) => dataCard(input, cohort, i + 1))}</div>
`,
    parts: cohorts.map((cohort, i) => ({ id: `data-${i + 1}`, title: collectionName(cohort) })),
  }
}
