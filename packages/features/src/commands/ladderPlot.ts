import { formatNumber, panelPlot } from '@radiograft/figures'
import type { Ladder } from '../ladder/corruptionLadder.ts'

/** A ladder as SVG: the measure over the strength, a line a corruption, with its intervals (row P2). */
export const ladderPlot = (title: string, ladders: ReadonlyArray<Ladder>): string =>
  panelPlot({
    title,
    description: ladders
      .map(({ corruption, rho }) => `${corruption}: rank correlation ${formatNumber(rho)}`)
      .join('; '),
    xLabel: 'strength of the corruption, 0: films as they are',
    panels: [
      {
        yLabel: ladders[0]?.rungs[0]?.figure.protocol ?? '',
        noEffect: 0,
        series: ladders.map(({ corruption, rungs }) => ({
          name: corruption,
          points: rungs.map(({ strength, figure: { value, low, high } }) => ({ x: strength, y: value, low, high })),
        })),
      },
    ],
  })
