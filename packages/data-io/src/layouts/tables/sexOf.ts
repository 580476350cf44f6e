// The sex as tables write it. Used by the NIH, RSNA and CheXpert layouts: a cell may hold anything, and what it holds
// reaches reports and splits, so only what DICOM allows passes (PatientSex, PS3.3 C.7.1.1: F, M, O).

const SEXES: ReadonlyMap<string, string> = new Map([
  ['F', 'F'],
  ['FEMALE', 'F'],
  ['M', 'M'],
  ['MALE', 'M'],
  ['O', 'O'],
  ['OTHER', 'O'],
])

/** `F`, `M` or `O` of `F`, `female` and the like; empty of anything else. */
export const sexOf = (text: string): string => SEXES.get(text.trim().toUpperCase()) ?? ''
