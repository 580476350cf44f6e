// Which films of the phantom's cohort to render for an answer: the first ones of a class, found without rendering.
import { rsnaCohort, type RsnaClass } from '@radiograft/data-io'

/** A class holds at least .22 of a cohort; a sixth is asked for, so that one look is enough. */
const SHARE = 6

/** Indices of the first n films of a class. `Normal` films are free of findings, so their twins are they themselves. */
export const indicesOf = (seed: number, label: RsnaClass, n: number): number[] =>
  rsnaCohort(seed, SHARE * n)
    .filter((film) => film.class === label)
    .slice(0, n)
    .map(({ index }) => index)
