// How the networks learned.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import { exhibitsAt } from './exhibits.ts'
import { figureLinks } from './figureLinks.ts'
import type { Section } from './Section.ts'

export const training = (input: ReportInput): Section | undefined => {
  const shown = exhibitsAt(input, 'training')
  const links = figureLinks(input, 'training')
  return (
    shown && {
      ...shown,
      id: 'training',
      title: 'Training curves',
      body: markup`${
        links &&
        markup`<p class="note">How the networks learned: ${links}. Their cards say what came of it.</p>
`
      }${shown.body}`,
    }
  )
}
