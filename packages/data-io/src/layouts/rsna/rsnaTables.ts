// RSNA's tables as what they say of each film: Kaggle's names (`stage_2_train_labels.csv`) or those of a folder of tables
// alone (`rsna_stage_2_train_labels.csv.gz`). Used by the RSNA layout.
import type { Report } from '../../folder/report.ts'
import type { FilmRow, FolderTables } from '../FolderLayout.ts'
import { readTable } from '../tables/readTable.ts'
import { parseClasses } from './parseClasses.ts'
import { parseLabels } from './parseLabels.ts'
import type { LabelFacts } from './parseLabels.ts'
import { parsePatients } from './parsePatients.ts'

const RSNA_FINDING = 'Lung Opacity'

const LABELS = ['stage_2_train_labels.csv', 'rsna_stage_2_train_labels.csv'] as const
const CLASSES = ['stage_2_detailed_class_info.csv', 'rsna_stage_2_detailed_class_info.csv'] as const
const PATIENTS = ['rsna_to_nih.csv', 'rsna_to_nih_mapping.csv'] as const

export const readRsnaTables = async (root: string, report: Report): Promise<FolderTables> => {
  const labelsFile = await readTable(root, LABELS, report, { required: true })
  const classesFile = await readTable(root, CLASSES, report, { required: true })
  const patientsFile = await readTable(root, PATIENTS, report)
  const { rows, labels } = labelsFile
    ? parseLabels(labelsFile, report)
    : { rows: 0, labels: new Map<string, LabelFacts>() }
  const classes = classesFile ? parseClasses(classesFile, report) : new Map<string, string>()
  const patients = patientsFile && parsePatients(patientsFile, report)
  // one missing column would otherwise be reported once a film
  if (labels.size > 0 && classes.size > 0) crossCheck(labels, classes, report)
  const films = [...labels].map(([id, { target, boxes, line }]): [string, FilmRow] => [
    id,
    {
      id,
      where: `line ${line} of the labels`,
      ...(patients?.get(id) ?? { patient: undefined, view: '', sex: '', age: -1 }),
      class: classes.get(id) ?? '',
      mentions: { [RSNA_FINDING]: target },
      boxes: boxes.map((box) => ({ box, label: RSNA_FINDING })),
    },
  ])
  return {
    labelsFile: labelsFile?.name ?? LABELS[0],
    name: 'the labels',
    rows,
    films: new Map(films),
    findings: [RSNA_FINDING],
    finding: RSNA_FINDING,
    hasBoxes: true,
    boxSpace: undefined,
  }
}

const crossCheck = (
  labels: ReadonlyMap<string, LabelFacts>,
  classes: ReadonlyMap<string, string>,
  report: Report,
): void => {
  for (const [id, { target, line }] of labels) {
    const name = classes.get(id)
    if (name === undefined) report('class', `film ${id} (line ${line} of the labels) has no class`, id)
    else if ((name === RSNA_FINDING) !== (target === 1)) {
      report('class', `film ${id} is "${name}" and has Target ${target}`, id)
    }
  }
  for (const id of classes.keys()) if (!labels.has(id)) report('class', `film ${id} has a class and no label`, id)
}
