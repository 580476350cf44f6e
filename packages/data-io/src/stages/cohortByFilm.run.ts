// Entry of `cohort-by-film`.
import type { RunOf } from '@radiograft/pipeline'
import { cohortByFilm } from '../split/cohortByFilm.ts'
import type { cohortByFilm as stage } from './cohortByFilm.ts'

export const run: RunOf<typeof stage> = ({ inputs, ctx }) => {
  const cohort = cohortByFilm(inputs.cohort)
  const patients = new Set(inputs.cohort.map(({ patient }) => patient)).size
  ctx.log(
    cohort !== inputs.cohort
      ? `${cohort.length} films of ${patients} patients, each now a patient of its own`
      : inputs.cohort.some(({ patientKnown }) => patientKnown)
        ? 'no two films share a patient: by film is by patient'
        : 'no patient is known: every split of these films is by film',
  )
  return { cohort }
}
