// The columns that some layout knows, for messages: a first row that is no header may hold people's names, so only these
// are ever quoted from it. Used by tableRows.
import { CHEXPERT_FINDINGS } from '../chexpert/chexpertFindings.ts'

const RSNA = ['patientId', 'x', 'y', 'width', 'height', 'Target', 'class']
const RSNA_MAP = ['rsna_patientId', 'nihPatient', 'nihImage', 'nih_image', 'view', 'sex', 'age']
const NIH = [
  'Image Index',
  'Finding Labels',
  'Follow-up #',
  'Patient ID',
  'Patient Age',
  'Patient Gender',
  'Patient Sex',
  'View Position',
]
const NIH_BOXES = ['Finding Label', 'Bbox [x']
const CHEXPERT = ['Path', 'Sex', 'Age', 'Frontal/Lateral', 'AP/PA', ...CHEXPERT_FINDINGS]
const CLASSES = ['file', 'patient', 'label']

const KNOWN: ReadonlySet<string> = new Set(
  [...RSNA, ...RSNA_MAP, ...NIH, ...NIH_BOXES, ...CHEXPERT, ...CLASSES].map((name) => name.toLowerCase()),
)

/** Whether some layout knows the column, in whatever case: `patientid` is shown to who lacks `patientId`. */
export const isKnownColumn = (name: string): boolean => KNOWN.has(name.toLowerCase())
