// The class of a film once its target is known: a layout may call a film normal that shows the finding in question, as
// CheXpert does of films with nothing but devices on them. Used by chooseFilms and summariseTables.

/** Never `Normal` where the target is 1: then the finding itself. */
export const classOfTarget = (name: string, target: 0 | 1, finding: string): string =>
  target === 1 && name === 'Normal' ? finding : name
