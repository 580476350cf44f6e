// How the networks learned.
import type { ReportInput } from '../ReportInput.ts'
import { exhibitsAt } from './exhibits.ts'
import type { Section } from './Section.ts'

export const training = (input: ReportInput): Section | undefined => {
  const shown = exhibitsAt(input, 'training')
  return shown && { id: 'training', title: 'Training curves', ...shown }
}
