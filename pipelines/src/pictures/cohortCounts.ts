// How many films, patients, positives and boxes each part has, and what the split kept apart. Never a patient's name.
import type { BoxRow, CohortRow, LabelRow, SplitRow, Table } from '@radiograft/pipeline'

const parts = ['train', 'validation', 'test'] as const

export const cohortCounts = (rows: {
  readonly boxes: ReadonlyArray<Pick<BoxRow, 'film'>>
  readonly labels: ReadonlyArray<LabelRow>
  readonly cohort: ReadonlyArray<CohortRow>
  readonly split: ReadonlyArray<SplitRow>
}): Table => {
  const { boxes, labels, cohort, split } = rows
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const byPatient = split.every((row) => row.unit === 'patient')
  const classes = [...new Set(labels.map((row) => row.class))].toSorted()
  const views = [...new Set(cohort.map((row) => row.view))].toSorted()
  const cells = [...parts, 'all' as const].map((name) => {
    const within = (film: string): boolean => (name === 'all' ? partOf.has(film) : partOf.get(film) === name)
    const people = cohort.filter((row) => within(row.film))
    const named = labels.filter((row) => within(row.film))
    return [
      name,
      people.length,
      byPatient ? new Set(people.map((row) => row.patient)).size : null,
      named.filter((row) => row.target === 1).length,
      boxes.filter((row) => within(row.film)).length,
      ...classes.map((own) => named.filter((row) => row.class === own).length),
      ...views.map((own) => people.filter((row) => row.view === own).length),
    ]
  })
  const unit = byPatient
    ? 'The split is by patient: no patient has films in two parts.'
    : 'No map from films to patients was given: the split is by film, and a patient may have films in two parts (G29). ' +
      'With RSNA films, put rsna_to_nih.csv into the folder.'
  const sealed = split.some((row) => row.sealed) ? ' The test part is a sealed hold-out.' : ''
  return {
    title: 'Films by part',
    rows: 'G1, G2, G3, G29',
    columns: [
      'part',
      'films',
      'patients',
      'positives',
      'boxes',
      ...classes.map((name) => `class ${name}`),
      ...views.map((name) => `view ${name === '' ? 'unknown' : name}`),
    ],
    cells,
    note: unit + sealed,
  }
}
