// What every step did to the films, in the order of the pipeline's result.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { figureParts, figuresIn } from './exhibits.ts'
import { figureLinks } from './figureLinks.ts'
import type { Section } from './Section.ts'

export const pictures = (input: ReportInput): Section | undefined => {
  const body = figuresIn(input, 'elsewhere')
  if (!body) return undefined
  return {
    id: 'pictures',
    title: 'Pictures, step by step',
    body: markup`<p class="note">What each step made of the films, in the order of the pipeline: ${figureLinks(input, 'elsewhere')}. Below each picture stands where its numbers are.</p>
${body}`,
    parts: figureParts(input, 'elsewhere'),
  }
}
