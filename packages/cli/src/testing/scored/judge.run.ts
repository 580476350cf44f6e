// Entry of `judge-films`.
import type { RunOf } from '@radiograft/pipeline'
import type { judge } from './stages.ts'

export const run: RunOf<typeof judge> = ({ params, inputs }) => {
  const tested = inputs.cohort.filter((_, i) => params.swap || i % 3 === params.fold)
  const trained = inputs.cohort.filter((_, i) => (params.swap ? i > 0 : i % 3 !== params.fold))
  return {
    scores: tested.flatMap(({ film, patient }, i) => [
      { film, patient, metric: 'ap', value: (i % 4) / 10 + params.bias },
      { film, patient, metric: 'spread', value: 1 },
    ]),
    provenance: trained.map(({ film, patient }) => ({ product: 'model', film, patient, role: 'training' as const })),
  }
}
