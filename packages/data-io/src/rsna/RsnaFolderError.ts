// What checking a folder in RSNA's layout throws: one error with every problem found, so that a folder is mended in one
// go. Used by checkRsna and readRsnaTables.

export type RsnaProblemKind =
  | 'missing'
  | 'column'
  | 'number'
  | 'class'
  | 'target'
  | 'box'
  | 'film-without-row'
  | 'row-without-film'
  | 'film'
  | 'view'

export interface RsnaProblem {
  readonly kind: RsnaProblemKind
  /** names the file, the line or the film; never a patient tag */
  readonly message: string
}

const TITLES: Readonly<Record<RsnaProblemKind, string>> = {
  missing: 'missing files and folders',
  column: 'missing columns',
  number: 'values that are no numbers',
  class: 'classes',
  target: 'targets',
  box: 'boxes',
  'film-without-row': 'films without a row',
  'row-without-film': 'rows without a film',
  film: 'films that cannot be read',
  view: 'films that are not frontal',
}
const SHOWN = 20

/** The first 20, kinds taking turns, so that one wrong box is seen beside 9,000 missing films. */
const shown = (
  kinds: ReadonlyArray<RsnaProblemKind>,
  problems: ReadonlyArray<RsnaProblem>,
): ReadonlyArray<RsnaProblem> => {
  const turns = kinds.map((kind) => problems.filter((problem) => problem.kind === kind))
  const chosen = new Set<RsnaProblem>()
  for (let turn = 0; chosen.size < Math.min(SHOWN, problems.length); turn++) {
    for (const problem of turns.flatMap((each) => each.slice(turn, turn + 1)))
      if (chosen.size < SHOWN) chosen.add(problem)
  }
  return problems.filter((problem) => chosen.has(problem))
}

/** A folder that cannot be used as it is. `problems` has all of them, the message the first 20 and the count of each kind. */
export class RsnaFolderError extends Error {
  readonly _tag = 'RsnaFolderError'
  override readonly name = 'RsnaFolderError'
  readonly folder: string
  readonly problems: ReadonlyArray<RsnaProblem>

  constructor(folder: string, problems: ReadonlyArray<RsnaProblem>) {
    const kinds = [...new Set(problems.map((problem) => problem.kind))]
    const counts = kinds.map((kind) => `${TITLES[kind]}: ${problems.filter((p) => p.kind === kind).length}`)
    const lines = shown(kinds, problems).map((problem) => `  - ${problem.message}`)
    if (problems.length > SHOWN) lines.push(`  … and ${problems.length - SHOWN} more`)
    super(
      `${folder} cannot be used: ${problems.length} problem(s) (${counts.join('; ')})\n${lines.join('\n')}\n` +
        'Mend the folder and run again. Expected: stage_2_train_images/*.dcm, stage_2_train_labels.csv ' +
        '(patientId,x,y,width,height,Target), stage_2_detailed_class_info.csv (patientId,class) and, if there is one, ' +
        'rsna_to_nih.csv (patientId,nihPatient).',
    )
    this.folder = folder
    this.problems = problems
  }
}
