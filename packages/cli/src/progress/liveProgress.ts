// A run on a terminal: one live region at its bottom with the tree of stages and the run as a whole. What ends scrolls up.
// Of a run that ended early the region stays, folded; of one that is done nothing does, its results follow.
import type { Terminal } from '../Terminal.ts'
import { drawInPlace } from './drawInPlace.ts'
import { eventLine } from './eventLine.ts'
import type { Line } from './Line.ts'
import { paintLine } from './Line.ts'
import type { Progress } from './Progress.ts'
import { finalLines, regionLines } from './regionLines.ts'
import { advance, emptyRun } from './RunState.ts'
import { stageTree } from './StageTree.ts'
import type { StageTree } from './StageTree.ts'

/** Milliseconds between two drawings: at most ten a second, none where nothing has changed. */
const frame = 100

const tones = { done: 'green', hit: 'dim', failed: 'red', kept: 'yellow', warning: 'yellow' } as const

/** `now`: seconds, any origin. */
export const liveProgress = (terminal: Terminal, now: () => number): Progress => {
  const { paint } = terminal
  const region = drawInPlace(terminal)
  let state = emptyRun
  let tree: StageTree = []
  let above = ''
  let open = true
  // the last column stays free: a line that fills it leaves terminals in doubt about where the next begins
  const width = (): number => terminal.columns() - 1
  const painted = (lines: ReadonlyArray<Line>): ReadonlyArray<string> =>
    lines.map((line) => paintLine(line, width(), paint))
  const draw = (): void => {
    const size = { rows: terminal.rows(), columns: width() }
    region.draw(tree.length === 0 ? [] : painted(regionLines(tree, state, now(), size)), above)
    above = ''
  }
  const timer = setInterval(draw, frame)
  timer.unref()
  return {
    observe: (event) => {
      const before = state
      state = advance(before, event, now())
      if (event._tag === 'plan') tree = stageTree(event.plan.nodes)
      const line = eventLine(before, state, event)
      if (line && line.tone !== 'start') above += `${paint[tones[line.tone]](line.text)}\n`
    },
    say: (line) => {
      if (!open) return terminal.out(`${line}\n`)
      above += `${line}\n`
      draw()
    },
    close: () => {
      if (!open) return
      open = false
      clearInterval(timer)
      region.draw(state.stopped ? painted(finalLines(tree, state, now(), width())) : [], above)
    },
  }
}
