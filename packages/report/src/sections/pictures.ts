// What every step did to the films, in the order of the pipeline's result.
import type { ReportInput } from '../ReportInput.ts'
import { figureParts, figuresIn } from './exhibits.ts'
import type { Section } from './Section.ts'

export const pictures = (input: ReportInput): Section | undefined => {
  const body = figuresIn(input, 'elsewhere')
  if (!body) return undefined
  return {
    id: 'pictures',
    title: 'Pictures, step by step',
    body,
    parts: figureParts(input, 'elsewhere'),
  }
}
