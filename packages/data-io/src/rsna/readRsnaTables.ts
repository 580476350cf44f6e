// RSNA's tables in a folder: Kaggle's names (`stage_2_train_labels.csv`) or those of a folder of tables alone
// (`rsna_stage_2_train_labels.csv.gz`), plain or gzipped. Used by checkRsna and by studies that need labels only.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseRsnaTables } from './parseRsnaTables.ts'
import type { NamedText, RsnaTables } from './parseRsnaTables.ts'
import { RsnaFolderError } from './RsnaFolderError.ts'
import type { RsnaProblem } from './RsnaFolderError.ts'

const NAMES = {
  labels: ['stage_2_train_labels.csv', 'rsna_stage_2_train_labels.csv'],
  classes: ['stage_2_detailed_class_info.csv', 'rsna_stage_2_detailed_class_info.csv'],
  patients: ['rsna_to_nih.csv', 'rsna_to_nih_mapping.csv'],
} as const

const find = (folder: string, names: ReadonlyArray<string>): NamedText | undefined => {
  const name = names.flatMap((each) => [each, `${each}.gz`]).find((each) => existsSync(join(folder, each)))
  if (name === undefined) return undefined
  const bytes = readFileSync(join(folder, name))
  return { name, text: (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8') }
}

/** The tables, empty where a file is missing, and every problem. */
export const inspectRsnaTables = (
  folder: string,
): { readonly tables: RsnaTables; readonly problems: ReadonlyArray<RsnaProblem> } => {
  const nothing = { labelsFile: NAMES.labels[0], rows: 0, labels: new Map(), classes: new Map(), patients: undefined }
  if (!existsSync(folder))
    return { tables: nothing, problems: [{ kind: 'missing', message: 'there is no such folder' }] }
  if (!statSync(folder).isDirectory()) {
    return { tables: nothing, problems: [{ kind: 'missing', message: 'it is a file, not a folder' }] }
  }
  const [labels, classes, patients] = [NAMES.labels, NAMES.classes, NAMES.patients].map((names) => find(folder, names))
  const missing = [...(labels ? [] : [NAMES.labels[0]]), ...(classes ? [] : [NAMES.classes[0]])].map((name) => ({
    kind: 'missing' as const,
    message: `there is no ${name}`,
  }))
  // an absent file reads as a header without rows, so that the other one is still checked
  const { tables, problems } = parseRsnaTables({
    labels: labels ?? { name: NAMES.labels[0], text: 'patientId,x,y,width,height,Target\n' },
    classes: classes ?? { name: NAMES.classes[0], text: 'patientId,class\n' },
    patients,
  })
  const empty = (problem: RsnaProblem): boolean =>
    (!labels && problem.message === `${NAMES.labels[0]} has no rows`) ||
    (!classes && problem.message === `${NAMES.classes[0]} has no rows`)
  return { tables, problems: [...missing, ...problems.filter((problem) => !empty(problem))] }
}

/**
 * The labels, boxes, classes and, where there is one, the map from film to patient.
 * @throws RsnaFolderError with all problems
 */
export const readRsnaTables = (folder: string): RsnaTables => {
  const { tables, problems } = inspectRsnaTables(folder)
  if (problems.length > 0) throw new RsnaFolderError(folder, problems)
  return tables
}
