// The films: how many, of which classes and parts, and how they look.
import type { ReportInput } from '../ReportInput.ts'
import { exhibitsAt } from './exhibits.ts'
import type { Section } from './Section.ts'

export const films = (input: ReportInput): Section | undefined => {
  const shown = exhibitsAt(input, 'films')
  return shown && { id: 'films', title: 'The films', ...shown }
}
