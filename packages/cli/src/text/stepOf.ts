/** `step 340 of 2000`; without the total where that is not known. */
export const stepOf = (step: number, total: number | null | undefined): string =>
  `step ${step}${total === null || total === undefined ? '' : ` of ${total}`}`
