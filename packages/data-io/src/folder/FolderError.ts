// What checking a folder of films throws: one error with every problem found, so that a folder is mended in one go. Used
// by checkFolder and by everything that reads a layout's tables.
import type { Layout } from './FilmFolder.ts'

export type FolderProblemKind =
  | 'layout'
  | 'missing'
  | 'table'
  | 'column'
  | 'number'
  | 'class'
  | 'target'
  | 'box'
  | 'film-without-row'
  | 'row-without-film'
  | 'duplicate'
  | 'film'
  | 'view'
  | 'unsafe'
  | 'finding'
  | 'left'

export interface FolderProblem {
  readonly kind: FolderProblemKind
  /** names the file, the line or the film; never a patient tag */
  readonly message: string
  /**
   * the film that it is about, where it is about one: with `skipBad` such a film is left out. Names from tables that would
   * lead out of the folder are of no film: they always end the check.
   */
  readonly film?: string
}

const TITLES: Readonly<Record<FolderProblemKind, string>> = {
  layout: 'unknown layout',
  missing: 'missing files and folders',
  table: 'tables that cannot be read',
  column: 'missing columns',
  number: 'values that cannot be read',
  class: 'classes',
  target: 'targets',
  box: 'boxes',
  'film-without-row': 'films without a row',
  'row-without-film': 'rows without a film',
  duplicate: 'films and rows that are there twice',
  film: 'films that cannot be read',
  view: 'films that are not frontal',
  unsafe: 'names and links that lead out of the folder',
  finding: 'unknown findings',
  left: 'films left to use',
}
const SHOWN = 20

/** The first 20, kinds taking turns, so that one wrong box is seen beside 9,000 missing films. */
const shown = (
  kinds: ReadonlyArray<FolderProblemKind>,
  problems: ReadonlyArray<FolderProblem>,
): ReadonlyArray<FolderProblem> => {
  const turns = kinds.map((kind) => problems.filter((problem) => problem.kind === kind))
  const chosen = new Set<FolderProblem>()
  for (let turn = 0; chosen.size < Math.min(SHOWN, problems.length); turn++) {
    for (const problem of turns.flatMap((each) => each.slice(turn, turn + 1)))
      if (chosen.size < SHOWN) chosen.add(problem)
  }
  return problems.filter((problem) => chosen.has(problem))
}

/** What helps beside mending, where it does. */
const otherWays = (problems: ReadonlyArray<FolderProblem>): string => {
  const skip = problems.some(({ film }) => film !== undefined) ? ['films at fault with skipBad (--skip-bad)'] : []
  const drop = problems.some(({ kind }) => kind === 'view') ? ["laterals with laterals: 'drop' (--laterals drop)"] : []
  const out = skip.length + drop.length > 0 ? ` Or leave out ${[...skip, ...drop].join(', ')}.` : ''
  const choose = problems.some(({ kind }) => kind === 'finding')
    ? ' A finding is chosen with finding (--finding, in a run --set finding=…).'
    : ''
  return out + choose
}

/** A folder that cannot be used as it is. `problems` has all of them, the message the first 20 and the count of each kind. */
export class FolderError extends Error {
  readonly _tag = 'FolderError'
  override readonly name = 'FolderError'
  readonly folder: string
  /** undefined where no layout was recognised */
  readonly layout: Layout | undefined
  readonly problems: ReadonlyArray<FolderProblem>

  /** @param expected what a folder of this layout holds, as the end of a sentence that begins with "Expected: " */
  constructor(folder: string, layout: Layout | undefined, problems: ReadonlyArray<FolderProblem>, expected: string) {
    const kinds = [...new Set(problems.map((problem) => problem.kind))]
    const counts = kinds.map((kind) => `${TITLES[kind]}: ${problems.filter((p) => p.kind === kind).length}`)
    const lines = shown(kinds, problems).map((problem) => `  - ${problem.message}`)
    if (problems.length > SHOWN) lines.push(`  … and ${problems.length - SHOWN} more`)
    super(
      `${folder} cannot be used: ${problems.length} problem(s) (${counts.join('; ')})\n${lines.join('\n')}\n` +
        `Mend the folder and run again.${otherWays(problems)} Expected: ${expected}`,
    )
    this.folder = folder
    this.layout = layout
    this.problems = problems
  }
}
