// A grafted film as DICOM Secondary Capture (PS3.3 annex A.8.1), marked as synthetic wherever the standard has a place for
// it, and of no patient: nothing is copied from a source's header but how its pixels are stored and shown, and the view.
// Type 2 attributes of patient and study are there and empty; there are no dates. pydicom reads it (oracle in
// tools/oracles/dataio_dicom.py). Used by writeGraft.
import { writeDicom, type Element } from '../../dicom/writeDicom.ts'
import { boxText } from './graftBoxes.ts'
import type { GraftFilm } from './GraftFilm.ts'
import type { GraftPlan } from './prepareGraft.ts'

const METHODS = { paste: 'pasted', poisson: 'Poisson blended' } as const

/** DS holds 16 characters. */
export const decimalText = (value: number): string => {
  for (let digits = 16; digits > 1; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  return value.toExponential(1)
}

/** Once with loss is always with loss; `00` only where every source says so (PS3.3 C.7.6.1.1.5). */
const lossyOf = (films: ReadonlyArray<GraftFilm>): ReadonlyArray<Element> => {
  if (films.some(({ lossy }) => lossy === true)) return [[0x00282110, 'CS', '01']]
  return films.every(({ lossy }) => lossy === false) ? [[0x00282110, 'CS', '00']] : []
}

const shownAs = ({ window, slope, intercept }: GraftFilm): ReadonlyArray<Element> => [
  ...(window
    ? ([
        [0x00281050, 'DS', decimalText(window.centre)],
        [0x00281051, 'DS', decimalText(window.width)],
        [0x00281056, 'CS', window.shape],
      ] as const)
    : []),
  ...(slope === 1 && intercept === 0
    ? []
    : ([
        [0x00281052, 'DS', decimalText(intercept)],
        [0x00281053, 'DS', decimalText(slope)],
        // Rescale Type: unspecified
        [0x00281054, 'LO', 'US'],
      ] as const)),
]

const cornerBox = ([x0, y0, x1, y1]: GraftPlan['box']): string => boxText([x0, y0, x1 - x0, y1 - y0])

const derivationOf = ({ box, donorBox, donor, method, version }: GraftPlan): string =>
  `Synthetic film, not for diagnosis. The box x,y,width,height = ${cornerBox(box)} was filled from the box ` +
  `${cornerBox(donorBox)} of another film of ${donor.columns} x ${donor.rows} pixels, ${METHODS[method]}, ` +
  `by radiograft graft ${version}. Outside of the box the stored values are those of the film.`

/** @param stored the film's values with the graft in them */
export const syntheticCapture = (plan: GraftPlan, name: string, stored: GraftFilm['stored']): Uint8Array => {
  const { film, donor, key, method, version } = plan
  const { rows, columns, bitsStored, photometric, view } = film
  const attributes: ReadonlyArray<Element> = [
    [0x00080008, 'CS', 'DERIVED\\SECONDARY\\SYNTHETIC'],
    // Synthetic Data
    [0x0008001c, 'CS', 'YES'],
    // Study Date, Study Time, Accession Number
    [0x00080020, 'DA', ''],
    [0x00080030, 'TM', ''],
    [0x00080050, 'SH', ''],
    // Conversion Type: synthetic image (PS3.3 C.8.6.1)
    [0x00080064, 'CS', 'SYN'],
    [0x00080070, 'LO', 'Radiograft'],
    // Referring Physician's Name
    [0x00080090, 'PN', ''],
    [0x00081030, 'LO', 'SYNTHETIC'],
    [0x0008103e, 'LO', `SYNTHETIC graft, ${METHODS[method]}`],
    [0x00082111, 'ST', derivationOf(plan)],
    [0x00100010, 'PN', 'SYNTHETIC^GRAFT'],
    [0x00100020, 'LO', name.toUpperCase()],
    // Patient's Birth Date, Sex
    [0x00100030, 'DA', ''],
    [0x00100040, 'CS', ''],
    // Patient Identity Removed, De-identification Method
    [0x00120062, 'CS', 'YES'],
    [0x00120063, 'LO', 'Header written anew, pixels of two films combined'],
    [0x00181016, 'LO', 'Radiograft'],
    [0x00181018, 'LO', 'radiograft graft'],
    [0x00181019, 'LO', version],
    // Study ID, Series Number, Instance Number, Patient Orientation
    [0x00200010, 'SH', ''],
    [0x00200011, 'IS', '1'],
    [0x00200013, 'IS', '1'],
    [0x00200020, 'CS', ''],
    [0x00204000, 'LT', 'SYNTHETIC: a graft of two films, of no patient; not for diagnosis'],
    // Burned In Annotation: a film that has some is refused
    [0x00280301, 'CS', 'NO'],
    ...lossyOf([film, donor]),
    ...shownAs(film),
  ]
  const seen = view === '' ? {} : { view }
  return writeDicom({
    id: name,
    uidSource: `graft ${key}`,
    rows,
    columns,
    stored,
    bitsStored,
    photometric,
    ...seen,
    attributes,
  })
}
