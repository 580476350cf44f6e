// `radiograft graft`, before anything is computed: two films read and checked, the donor brought onto the film's pixels.
// What blends them is another package's; the command line hands the one's answer to the other.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Box } from '@radiograft/geometry'
import { checkSurroundings, graftBoxes, type GraftBox } from './graftBoxes.ts'
import { readGraftFilm, type GraftFilm } from './GraftFilm.ts'
import { greyScale, type GreyScale } from './greyScale.ts'
import { sampleDonor } from './sampleDonor.ts'

export interface GraftRequest {
  /** paths: what is grafted into, and what is grafted */
  readonly film: string
  readonly donor: string
  readonly box: GraftBox
  /** what to take from the donor, in its own pixels. @default what lies under the box */
  readonly donorBox?: GraftBox | undefined
  /** how the box is filled; of what is written, words and names depend on it */
  readonly method: 'paste' | 'poisson'
}

/** Everything that the written files depend on but the blended pixels. */
export interface GraftPlan {
  readonly film: GraftFilm
  readonly donor: GraftFilm
  /** corners, of the film's pixels */
  readonly box: Box
  /** corners, of the donor's pixels; of another size than the box where the donor was resampled */
  readonly donorBox: Box
  readonly method: GraftRequest['method']
  /** of this package */
  readonly version: string
  /** 64 hexadecimal digits, of the films' pixels and all of the above but their file names */
  readonly key: string
  readonly scale: GreyScale
}

export interface PreparedGraft {
  readonly plan: GraftPlan
  readonly rows: number
  readonly columns: number
  /** [rows · columns], by the film's own window, 0 black and 1 white, beyond that where the window clips */
  readonly recipient: Float32Array
  /** the donor on the film's pixels, by its own window: the box and the pixels around it, 0 elsewhere */
  readonly source: Float32Array
  readonly box: Box
}

const versionOf = async (): Promise<string> => {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

/** No file name: it may be a patient's number. */
const keyOf = (plan: Omit<GraftPlan, 'key' | 'scale'>): string => {
  const { film, donor, ...rest } = plan
  const hash = createHash('sha256').update(JSON.stringify(rest))
  for (const { file: _, stored, ...header } of [film, donor]) {
    hash.update(JSON.stringify(header))
    hash.update(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength))
  }
  return hash.digest('hex')
}

/**
 * @throws GraftError, DicomError, ImageError: the one thing that is wrong, with the file's name
 */
export const prepareGraft = async (request: GraftRequest): Promise<PreparedGraft> => {
  const film = await readGraftFilm(request.film)
  const donor = await readGraftFilm(request.donor)
  const { box, donorBox } = graftBoxes(film, donor, request.box, request.donorBox)
  if (request.method === 'poisson') checkSurroundings(box, request.box, film)
  const { rows, columns } = film
  const scale = greyScale(film)
  const lender = { pixels: greyScale(donor).units, rows: donor.rows, columns: donor.columns }
  const plan = { film, donor, box, donorBox, method: request.method, version: await versionOf() }
  return {
    plan: { ...plan, key: keyOf(plan), scale },
    rows,
    columns,
    recipient: scale.units,
    source: sampleDonor(lender, donorBox, box, rows, columns),
    box,
  }
}
