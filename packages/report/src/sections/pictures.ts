// What every step did to the films, in the order of the pipeline's result.
import { figureBlock } from '../exhibits/figureBlock.ts'
import { markup } from '../markup/markup.ts'
import { figuresAt } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export const pictures = (input: ReportInput): Section | undefined => {
  const figures = figuresAt(input, 'elsewhere')
  if (figures.length === 0) return undefined
  return {
    id: 'pictures',
    title: 'Pictures, step by step',
    body: markup`${figures.map(({ id, figure }) => figureBlock(figure, id))}`,
    parts: figures.map(({ id, figure }) => ({ id, title: figure.title })),
  }
}
