/**
 * A planned film, and what is known of it without rendering: ids, class, view, sex, age, true θ, types of findings. The
 * same for every cohort.
 */
import { trueTheta, type Film, type Theta, type View } from '../film.ts'
import type { FindingPlan, FindingType } from '../findings/registry.ts'
import type { Patient } from '../patient.ts'
import type { RsnaClass } from './knobs.ts'

/** A film of a cohort before it is rendered. */
export interface FilmPlan {
  readonly patient: Patient
  readonly film: Film
  /** How many earlier films the patient has. */
  readonly followUp: number
  readonly class: RsnaClass
  readonly findings: readonly FindingPlan[]
}

/** What is known of a film without rendering it. */
export interface PhantomFilmDescription {
  readonly index: number
  /** 'phantom-000123' */
  readonly filmId: string
  /** 'phantom-patient-000123' */
  readonly patientId: string
  /** The patient's index, from 0. */
  readonly patientIndex: number
  /** How many earlier films the patient has; 0 throughout the cohort `rsna`. */
  readonly followUp: number
  readonly class: RsnaClass
  readonly view: View
  readonly age: number
  readonly sex: 'F' | 'M'
  /** Brings the film to canonical pose (affine_grid convention, output → input). */
  readonly theta: Theta
  /** Types of the findings, in order. */
  readonly findings: readonly FindingType[]
}

/** Ids sort as indices do up to a million films. */
const sixDigits = (index: number): string => String(index).padStart(6, '0')

/** Id of film `index`. */
export function phantomFilmId(index: number): string {
  return `phantom-${sixDigits(index)}`
}

export function describeFilm(
  index: number,
  { patient, film, followUp, class: label, findings }: FilmPlan,
): PhantomFilmDescription {
  return {
    index,
    filmId: phantomFilmId(index),
    patientId: `phantom-patient-${sixDigits(patient.id)}`,
    patientIndex: patient.id,
    followUp,
    class: label,
    view: film.view,
    age: patient.age,
    sex: patient.sex,
    theta: trueTheta(film),
    findings: findings.map(({ type }) => type),
  }
}
