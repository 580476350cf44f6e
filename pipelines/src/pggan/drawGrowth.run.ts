// Entry of `draw-growth`.
import { filmStrip } from '@radiograft/figures'
import type { RunOf } from '@radiograft/pipeline'
import { svgFigure } from '../pictures/svgFigure.ts'
import type { drawGrowth } from './drawGrowth.ts'

const COLUMNS = 8

export const run: RunOf<typeof drawGrowth> = async ({ inputs }) => {
  const { milestones } = inputs
  const { height, width } = milestones
  const phases = [...new Set(milestones.ids.map((id) => id.split('/')[0]!))]
  const rows = await Promise.all(
    phases.map(async (phase) => {
      const ids = milestones.ids.filter((id) => id.startsWith(`${phase}/`)).slice(0, COLUMNS)
      const films = await milestones.rows(ids.map((id) => milestones.indexOf(id)))
      const cells = Array.from({ length: COLUMNS }, (_, i) => {
        const pixels = films[i]
        return pixels ? { film: { pixels, height, width } } : null
      })
      // `01-04-stable` → `4² stable`
      const [, side, kind] = phase.split('-')
      return { label: side === undefined ? phase : `${Number(side)}² ${kind ?? ''}`.trim(), cells }
    }),
  )
  const title = 'How the generator grew'
  const caption =
    'Films of the same latents at the end of each phase: a resolution that is faded in over the one before, then stable. Pixels of small films are enlarged as they are.'
  const columns = Array.from({ length: COLUMNS }, () => ({ title: '' }))
  const svg = filmStrip({ title, description: caption, columns, rows, cellPixels: 96 })
  return { growth: svgFigure(svg, { title, caption, row: 'P8' }) }
}
