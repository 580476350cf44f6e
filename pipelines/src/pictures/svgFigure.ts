// An SVG string as the artefact that the report lays out.
import type { Figure } from '@radiograft/pipeline'

export const svgFigure = (svg: string, words: Pick<Figure, 'title' | 'caption' | 'row'>): Figure => ({
  ...words,
  mediaType: 'image/svg+xml',
  bytes: new TextEncoder().encode(svg),
})
