// Which films the viewer holds, said before a reader counts anything in it: how many were judged, and how they were chosen.
import { holdsPatients } from '@radiograft/pipeline'
import { linkTo } from '../exhibits/linkTo.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { count } from '../text/words.ts'
import type { FilmData, ViewerData } from './ViewerData.ts'

const parts: ReadonlyMap<string, string> = new Map([['train', 'training']])

/** `176 test`, `24 training` films, in the order of the parts as they occur. */
const byPart = (films: ReadonlyArray<FilmData>): string => {
  const counts = new Map<string, number>()
  for (const { part } of films) counts.set(part, (counts.get(part) ?? 0) + 1)
  return [...counts]
    .map(([part, n]) => count(n, part === '' ? 'film' : `${parts.get(part) ?? part} film`))
    .join(' and ')
}

/** `176 test films judged by 2 arms, and 24 training films not judged`. */
const countsText = ({ films, arms }: ViewerData): string => {
  if (arms.length === 0) return byPart(films)
  const judged = films.filter(({ cases }) => cases.length > 0)
  const rest = films.filter(({ cases }) => cases.length === 0)
  return `${byPart(judged)} judged by ${count(arms.length, 'arm')}${rest.length > 0 ? `, and ${byPart(rest)} not judged` : ''}`
}

/** The rule of `show-films`; of another stage only its name is known here. */
const rule = (input: ReportInput, films: ReadonlyArray<FilmData>): Markup | undefined => {
  const at = input.stages.findIndex(({ outputs }) => Object.values(outputs).some(({ kind }) => kind === 'cases'))
  const stage = input.stages[at]
  if (!stage) return undefined
  const most = stage.params.find(({ name }) => name === 'most')?.value
  const tests = films.filter(({ part }) => part === 'test').length
  const by = markup`chosen by the stage ${linkTo(`stage-${at + 1}`, stage.label)}`
  const rates = 'So counts here are not rates of the test part; those stand in the tables.'
  if (stage.stage !== 'show-films' || typeof most !== 'number') return markup`They were ${by}. ${rates}`
  if (tests < most)
    return markup`They were ${by}: the whole test part, and training films with a box at equal distances along their names.`
  return markup`They were ${by}, at most ${most} of the test part: up to half of them with the finding (all, where they are fewer), up to a quarter the surest false alarms of any arm, the rest at equal distances along their names; beside them training films with a box. ${rates}`
}

/** The lead of the section: what is shown, of which films. */
export const shownFilms = (input: ReportInput, data: ViewerData): Markup => {
  const chosen = rule(input, data.films)
  return markup`<p>${countsText(data)}: what each stage made of a film, the true boxes, and what each arm found. Choose films by class, outcome or error, and lay two stages side by side.${
    chosen && markup` ${chosen}`
  }</p>
${
  [...input.datasets, ...input.cohorts].some(holdsPatients)
    ? markup`<p class="note">Film names are names of files and may identify a patient: those of NIH, CheXpert and RSNA do. Mind to whom you give this page.</p>\n`
    : undefined
}`
}
