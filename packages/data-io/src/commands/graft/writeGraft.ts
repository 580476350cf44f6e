// `radiograft graft`, after the blending: the film as PNG and as DICOM, its box as a table, all three or none. Names are
// hashes of what was grafted, so many grafts may lie in one folder and none tells whose film it was.
import { statSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { boxMask } from '@radiograft/geometry'
import { unitPixels } from '../../dicom/unitPixels.ts'
import { encodeImage } from '../../images/encodeImage.ts'
import { BOX_ENDINGS, boxTable, type BoxFormat } from './boxTable.ts'
import { GraftError } from './GraftError.ts'
import type { GraftFilm } from './GraftFilm.ts'
import type { GraftPlan, PreparedGraft } from './prepareGraft.ts'
import { syntheticCapture } from './syntheticCapture.ts'

export interface WriteGraftOptions {
  /** a folder that is there */
  readonly out: string
  /** @default 'rsna' */
  readonly boxes?: BoxFormat
  /** Write over the files of an earlier graft of the same films and box. @default false */
  readonly force?: boolean
}

export interface WrittenGraft {
  readonly name: string
  /** paths */
  readonly picture: string
  readonly capture: string
  readonly table: string
  /** bits a pixel of the picture */
  readonly bits: 8 | 16
  /** what was taken from the donor, x, y, width, height in its own pixels */
  readonly donorBox: readonly [number, number, number, number]
  /** where the donor's box is of another size than the graft */
  readonly resampled: boolean
}

/** The film's own stored values outside of the box, untouched. */
const graftedInto = ({ film, box, scale }: GraftPlan, pixels: ArrayLike<number>): GraftFilm['stored'] => {
  const stored = film.stored.slice()
  const mask = boxMask([box], film.rows, film.columns)
  for (let i = 0; i < mask.length; i++) if (mask[i]) stored[i] = scale.storedOf(pixels[i]!)
  return stored
}

/** As a window and MONOCHROME1 show it; more than 8 bits are spread over 16. */
const pictureOf = async (film: GraftFilm, file: string): Promise<Uint8Array> => {
  const { rows, columns, bitsStored } = film
  const units = unitPixels(film)
  const shown = bitsStored > 8 ? Uint16Array.from(units, (v) => Math.round(v * 65535)) : eightBits(units)
  return encodeImage({ format: 'png', rows, columns, stored: shown }, { file })
}

const eightBits = (units: Float32Array): Uint8Array => Uint8Array.from(units, (v) => Math.round(v * 255))

/** Written beside their places and moved there once all are whole; what a failure leaves is taken away again. */
const placeAll = async (files: ReadonlyArray<readonly [path: string, bytes: Uint8Array | string]>): Promise<void> => {
  const unfinished = (path: string): string => `${path}.${process.pid}.unfinished`
  try {
    for (const [path, bytes] of files) await writeFile(unfinished(path), bytes)
    for (const [path] of files) await rename(unfinished(path), path)
  } finally {
    for (const [path] of files) await rm(unfinished(path), { force: true })
  }
}

const checkFree = (path: string, force: boolean): void => {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isDirectory()) throw new GraftError(path, 'exists', 'it is a folder', 'Remove or rename it.')
  if (there && !force)
    throw new GraftError(path, 'exists', 'it is there already', 'Give force (--force) to write it again.')
}

/**
 * @param pixels [rows · columns] the prepared recipient with the graft; only the box is looked at
 * @throws GraftError where a file of that name is there and `force` is not, or a folder is
 */
export const writeGraft = async (
  { plan }: PreparedGraft,
  pixels: ArrayLike<number>,
  { out, boxes = 'rsna', force = false }: WriteGraftOptions,
): Promise<WrittenGraft> => {
  const name = `synthetic-${plan.key.slice(0, 16)}`
  const [picture, capture, table] = ['.png', '.dcm', BOX_ENDINGS[boxes]].map((ending) => join(out, name + ending)) as [
    string,
    string,
    string,
  ]
  for (const path of [picture, capture, table]) checkFree(path, force)
  const film = { ...plan.film, stored: graftedInto(plan, pixels) }
  await placeAll([
    [picture, await pictureOf(film, picture)],
    [table, boxTable(plan, name, boxes)],
    [capture, syntheticCapture(plan, name, film.stored)],
  ])
  const [x0, y0, x1, y1] = plan.donorBox
  const [width, height] = [x1 - x0, y1 - y0]
  const resampled =
    Math.abs(width - (plan.box[2] - plan.box[0])) + Math.abs(height - (plan.box[3] - plan.box[1])) > 1e-9
  return {
    name,
    picture,
    capture,
    table,
    bits: film.bitsStored > 8 ? 16 : 8,
    donorBox: [x0, y0, width, height],
    resampled,
  }
}
