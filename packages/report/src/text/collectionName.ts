import type { ReportCohort } from '../ReportCohort.ts'

/**
 * What a collection of films is called: its data set, else the stage that made it. Phantoms stand in for a data set and
 * bear its name in the pipeline, which alone would call them that data set’s films.
 */
export const collectionName = ({
  dataset,
  layout,
  stage,
}: Pick<ReportCohort, 'dataset' | 'layout' | 'stage'>): string =>
  layout === 'phantom'
    ? `Phantom films${dataset === '' ? '' : ` (input ${dataset})`}`
    : dataset === ''
      ? stage
      : dataset
