// Films of a class, or with a finding, by name. Used by `leave-out-class` and by `checkSplits`, which asks before a film is read.
import { UnknownNameError, type FindingRow, type LabelRow } from '@radiograft/pipeline'

/**
 * @param known.findings where there, the name is a finding's, and films count that may have it (mention 1 or −1)
 * @throws UnknownNameError when no film has the name, with those that there are
 */
export const filmsOfClass = (
  {
    labels,
    findings,
  }: {
    readonly labels: ReadonlyArray<Pick<LabelRow, 'film' | 'class'>>
    readonly findings?: ReadonlyArray<FindingRow> | undefined
  },
  name: string,
): ReadonlySet<string> => {
  const said = findings
    ? findings.filter(({ mention }) => mention !== 0).map(({ film, finding }) => ({ film, of: finding }))
    : labels.map(({ film, class: of }) => ({ film, of }))
  const films = new Set(said.filter(({ of }) => of === name).map(({ film }) => film))
  if (films.size === 0)
    throw new UnknownNameError(findings ? 'finding' : 'class', name, [...new Set(said.map(({ of }) => of))].toSorted())
  return films
}
