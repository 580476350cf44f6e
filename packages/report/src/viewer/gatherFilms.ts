// Pictures, marks and cases, film by film, for the viewer. A film is shown when any of the three names it.
import type { ReportInput } from '../ReportInput.ts'
import { TRUTH } from './ViewerData.ts'
import type { FilmData, Given, LayerData, ViewerData } from './ViewerData.ts'

const given = (value: number): Given => (Number.isFinite(value) ? value : null)

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const grouped = <Row extends { readonly film: string }>(
  rows: ReadonlyArray<Row>,
): ReadonlyMap<string, ReadonlyArray<Row>> => {
  const films = new Map<string, Row[]>()
  for (const row of rows) {
    const own = films.get(row.film)
    if (own) own.push(row)
    else films.set(row.film, [row])
  }
  return films
}

/** Where two results answer the same layer of a film, the second is called `aligned (2)`. */
const distinct = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let i = 2; taken.has(free); i++) free = `${name} (${i})`
    taken.add(free)
    return free
  })
}

/**
 * @param source where the script finds a picture, by its place in `pictures`
 */
export const gatherFilms = (
  { pictures, marks, cases }: Pick<ReportInput, 'pictures' | 'marks' | 'cases'>,
  source: (film: number, layer: number) => LayerData['source'],
): ViewerData & { readonly bytes: ReadonlyArray<ReadonlyArray<Uint8Array>> } => {
  const [picturesOf, marksOf, casesOf] = [grouped(pictures), grouped(marks), grouped(cases)]
  const names = [...new Set([...picturesOf.keys(), ...marksOf.keys(), ...casesOf.keys()])].toSorted(byCodeUnit)
  const places = new Map<string, number>()
  const bytes: Array<ReadonlyArray<Uint8Array>> = []
  const films = names.map((film, f): FilmData => {
    const rows = (picturesOf.get(film) ?? []).toSorted((a, b) => a.order - b.order || byCodeUnit(a.layer, b.layer))
    const layers = distinct(rows.map(({ layer }) => layer))
    layers.forEach((layer, i) => places.set(layer, Math.min(places.get(layer) ?? Infinity, rows[i]!.order)))
    bytes.push(rows.map(({ png }) => png))
    const own = casesOf.get(film) ?? []
    const known = own[0]
    return {
      film,
      class: known?.class ?? '',
      part: known?.part ?? '',
      target: known ? given(known.target) : null,
      layers: rows.map(({ frame, width, height, low, high }, i) => ({
        layer: layers[i]!,
        frame,
        width,
        height,
        low: given(low),
        high: given(high),
        source: source(f, i),
      })),
      marks: (marksOf.get(film) ?? []).map(({ set, frame, outcome, x0, y0, x1, y1, score }) => ({
        set,
        frame,
        outcome,
        box: [given(x0), given(y0), given(x1), given(y1)],
        score: given(score),
      })),
      cases: own
        .filter(({ arm }) => arm !== '')
        .map(({ arm, outcome, score, error, metric }) => ({
          arm,
          outcome,
          score: given(score),
          error: given(error),
          metric,
        })),
    }
  })
  const arms = [...new Set(films.flatMap((film) => film.cases.map(({ arm }) => arm)))].toSorted(byCodeUnit)
  const sets = new Set(marks.map(({ set }) => set))
  const known = [TRUTH, ...arms].filter((set) => sets.has(set))
  return {
    films,
    layers: [...places].toSorted(([a, i], [b, j]) => i - j || byCodeUnit(a, b)).map(([layer]) => layer),
    arms,
    sets: [...known, ...[...sets].filter((set) => !known.includes(set)).toSorted(byCodeUnit)],
    bytes,
  }
}
