// Where a graft goes and where it comes from. Without a box of the donor's own the two films are laid over each other as
// every pipeline does it, each padded to a square and the squares of one size. Used by prepareGraft.
import { boxMask, type Box } from '@radiograft/geometry'
import { filmMap, mapBox } from '../../folder/letterbox.ts'
import { GraftError } from './GraftError.ts'
import type { GraftFilm } from './GraftFilm.ts'

/** x, y, width, height, in pixels of the film that it is a box of; origin at the outer corner of the top left pixel. */
export type GraftBox = readonly [x: number, y: number, width: number, height: number]

/** As a command line writes it: at most four decimals. */
export const boxText = (box: ReadonlyArray<number>): string => box.map((v) => String(Number(v.toFixed(4)))).join(',')

const cornersOf = ([x, y, width, height]: GraftBox): Box => [x, y, x + width, y + height]

/** Whether any pixel's centre lies in it. */
const hasPixel = ([x0, y0, x1, y1]: Box): boolean =>
  Math.ceil(x1 - 0.5) > Math.ceil(x0 - 0.5) && Math.ceil(y1 - 0.5) > Math.ceil(y0 - 0.5)

const isOn = (box: Box, { rows, columns }: GraftFilm): boolean =>
  box[0] >= 0 && box[1] >= 0 && box[2] <= columns && box[3] <= rows

const check = (given: GraftBox, film: GraftFilm, problem: 'box' | 'donor-box'): Box => {
  const box = cornersOf(given)
  const fail = (what: string): GraftError =>
    new GraftError(film.file, problem, what, 'A box is x,y,width,height in pixels of its own film.')
  if (!given.every((value) => Number.isFinite(value))) throw fail(`the box ${given.join(',')} is no box`)
  if (!hasPixel(box)) throw fail(`the box ${boxText(given)} is empty: no pixel's centre lies in it`)
  if (!isOn(box, film))
    throw fail(`the box ${boxText(given)} reaches beyond the film, which is ${film.columns} wide and ${film.rows} high`)
  return box
}

/** Poisson blending holds on to the pixels around the box; without any the grey level of the graft could be any. */
export const checkSurroundings = (box: Box, given: GraftBox, film: GraftFilm): void => {
  const pixels = boxMask([box], film.rows, film.columns)
  if (pixels.includes(0)) return
  const what = `the box ${boxText(given)} is the whole film: none of it is left for the graft to be blended into`
  throw new GraftError(film.file, 'box', what, 'Give a smaller box, or paste (--paste).')
}

/**
 * Corners of the box on the film, and of what is grafted on the donor.
 * @throws GraftError a box that is empty or not on its film
 */
export const graftBoxes = (
  film: GraftFilm,
  donor: GraftFilm,
  given: GraftBox,
  givenDonor: GraftBox | undefined,
): { readonly box: Box; readonly donorBox: Box } => {
  const box = check(given, film, 'box')
  if (givenDonor) return { box, donorBox: check(givenDonor, donor, 'donor-box') }
  const side = Math.max(film.rows, film.columns)
  const { scale, padX, padY } = filmMap(donor.rows, donor.columns, side)
  const square = mapBox(box, filmMap(film.rows, film.columns, side))
  const donorBox: Box = [
    square[0] / scale - padX,
    square[1] / scale - padY,
    square[2] / scale - padX,
    square[3] / scale - padY,
  ]
  if (!isOn(donorBox, donor)) {
    const size = `${donor.columns} wide and ${donor.rows} high`
    const what = `laid over the other film it does not reach as far as the box ${boxText(given)}: it is ${size}`
    throw new GraftError(donor.file, 'donor-box', what, 'Say with donorBox (--donor-box) what to take from it.')
  }
  return { box, donorBox }
}
