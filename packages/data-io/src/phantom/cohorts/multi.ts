/**
 * The cohort of follow-up films: eight films in a row are of four patients, who have 1, 1, 2 and 4. A patient's first
 * film is the film that the RSNA-like cohort gives the patient; on each later one (own pose, exposure and view) a finding
 * of the film before is still there with probability .8, as the very same lesion, and what is gone stays gone. A film on
 * which nothing remains is normal. Splits by film leak here, as they do on real films (row G29).
 */
import { Key } from '../key.ts'
import type { FilmPlan } from './describeFilm.ts'
import type { RsnaKnobs } from './knobs.ts'
import { exposePatient, planPatient, withDevice } from './planPatient.ts'

/** Films of the four patients of a block. */
const FILMS = [1, 1, 2, 4] as const
const BLOCK = 8
const PERSISTENCE = 0.8

/** Whose film it is, and how many earlier ones the patient has. */
export interface MultiPlace {
  readonly patient: number
  readonly followUp: number
}

/**
 * Place of film `index`: of block i >> 3, whose patients are 4·block to 4·block + 3. Which of them has how many films and
 * which slots of the block are whose is hashed by block; within a patient, films ascend with their index, so that every
 * prefix of the cohort holds a patient's films from the first on.
 */
export function multiPlace(seed: number, index: number): MultiPlace {
  const block = Math.floor(index / BLOCK)
  const key = Key.root(seed).sub('multi', block)
  const owners = hashedOrder(key, 'patient', FILMS.length).flatMap((patient, i) =>
    Array.from({ length: FILMS[i]! }, () => patient),
  )
  const slots = hashedOrder(key, 'slot', BLOCK)
  const slot = index % BLOCK
  const owner = owners[slots[slot]!]!
  const followUp = slots.slice(0, slot).filter((earlier) => owners[earlier] === owner).length
  return { patient: block * FILMS.length + owner, followUp }
}

/** Patient, exposure, class and planned findings of film `index`. */
export function planMultiFilm(seed: number, index: number, knobs: RsnaKnobs = {}): FilmPlan {
  const { patient: id, followUp } = multiPlace(seed, index)
  const { patient, class: first, findings } = planPatient(seed, id, knobs)
  const remaining = findings.filter((finding) => {
    for (let k = 1; k <= followUp; k++) {
      const stays = patient.key.sub('film', k).sub('finding', finding.index).uniform('stays')
      if (stays >= PERSISTENCE) return false
    }
    return true
  })
  const label = remaining.length === 0 ? 'Normal' : first
  const film = exposePatient(patient, followUp, label, knobs)
  const drawnFor = { patient, film: followUp === 0 ? film : exposePatient(patient, 0, first, knobs) }
  const same = remaining.map((finding) => (followUp === 0 ? finding : { ...finding, drawnFor, lasting: true as const }))
  return { patient, film, followUp, class: label, findings: withDevice(same, film, knobs.devices) }
}

/** The numbers 0 to n − 1 in the order of their hashes, of which no two are equal. */
function hashedOrder(key: Key, tag: string, n: number): number[] {
  return Array.from({ length: n }, (_, i) => i).toSorted((a, b) => key.hash(tag, a) - key.hash(tag, b))
}
