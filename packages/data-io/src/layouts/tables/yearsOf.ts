// Ages as tables write them. Used by the NIH and CheXpert layouts and for RSNA's map.

/** Above it an age is a placeholder: RSNA's headers say 148, NIH's first table 411. */
export const OLDEST = 120

const PER_YEAR: Readonly<Record<string, number>> = { D: 365.25, W: 52.18, M: 12 }

/** Whole years of `58`, `58.0`, `058Y`, `006M`; −1 when it is no age or above 120. */
export const yearsOf = (text: string): number => {
  const found = /^(\d{1,3})(?:\.\d*)?([DWMY]?)$/i.exec(text)
  if (!found) return -1
  const years = Math.floor(Number(found[1]) / (PER_YEAR[found[2]!.toUpperCase()] ?? 1))
  return years > OLDEST ? -1 : years
}
