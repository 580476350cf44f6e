// Classes for the film head from the labels of a data set. Used by the `fit-detector` stage.

export interface FilmClasses {
  readonly names: ReadonlyArray<string>
  /** indices of the classes whose films are positives of the task */
  readonly positive: ReadonlyArray<number>
  /** the class of each label, in the labels' order */
  readonly of: ReadonlyArray<number>
}

/**
 * `class`: the data set's own classes, sorted by name (RSNA has three, as row G18's head); a class is positive when most of
 * its films are. `target`: positive or not.
 */
export const filmClasses = (
  labels: ReadonlyArray<{ readonly class: string; readonly target: number }>,
  by: 'class' | 'target',
): FilmClasses => {
  if (by === 'target') {
    return { names: ['negative', 'positive'], positive: [1], of: labels.map(({ target }) => (target === 1 ? 1 : 0)) }
  }
  const names = [...new Set(labels.map((label) => label.class))].toSorted()
  const of = labels.map((label) => names.indexOf(label.class))
  const share = (c: number): number => {
    const films = labels.filter((_, i) => of[i] === c)
    return films.filter(({ target }) => target === 1).length / films.length
  }
  return { names, positive: names.flatMap((_, c) => (share(c) > 0.5 ? [c] : [])), of }
}
