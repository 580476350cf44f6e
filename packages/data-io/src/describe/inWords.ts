// Numbers as the description prints them. Used by folderWarnings and descriptionSections.
import type { OneVariableAuc } from './oneVariableAuc.ts'

/** `0.23` → `23 %`; what is not quite nothing or all does not round to it. */
export const percent = (share: number): string => {
  const rounded = Math.round(100 * share)
  if (share > 0 && rounded === 0) return '<1 %'
  return share < 1 && rounded === 100 ? '>99 %' : `${rounded} %`
}

/** `1 film`, `3 films`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** `.88 [.80, .94]`, as the papers of the field write an AUC. */
export const aucText = ({ auc, low, high }: Pick<OneVariableAuc, 'auc' | 'low' | 'high'>): string =>
  `${twoDigits(auc)} [${twoDigits(low)}, ${twoDigits(high)}]`

export const twoDigits = (value: number): string => value.toFixed(2).replace(/^(-?)0\./, '$1.')
