import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Plan, RunEvent } from '@radiograft/runner'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { liveProgress } from './liveProgress.ts'
import { plainProgress } from './plainProgress.ts'
import { advance, emptyRun, runLeft } from './RunState.ts'

/** A plan of which only what progress reads is there: labels, status and expected seconds. */
const planned = (label: string, status: 'hit' | 'miss' | 'unknown', seconds?: number) => ({
  node: { label },
  status: { _tag: status },
  seconds,
})
const plan: RunEvent = {
  _tag: 'plan',
  run: 'r',
  folder: '/r',
  plan: {
    nodes: [
      planned('read', 'hit', 9),
      planned('fit', 'miss', 100),
      planned('score', 'unknown', 20),
      planned('draw', 'unknown'),
    ],
  } as unknown as Plan,
}
const start = (label: string, expected?: number): RunEvent => ({
  _tag: 'stage-start',
  label,
  key: 'k',
  reason: 'params.steps 3 → 4',
  log: '/l',
  expected,
})
const at = (label: string, done: number, total: number, eta?: number): RunEvent => ({
  _tag: 'progress',
  label,
  done,
  total,
  note: 'steps',
  eta,
})
const done = (label: string, hit = false): RunEvent => ({ _tag: 'stage-done', label, key: 'k', hit, seconds: 61 })
const metric = (label: string, value: number): RunEvent => ({ _tag: 'metric', label, name: 'loss', value, step: 1 })

describe('what is known of a run', () => {
  it('the time left: steps where a stage has them, else what it took before, and the stages that wait', () => {
    let state = advance(emptyRun, plan, 0)
    expect(runLeft(state, 0)).toBe(120)
    state = advance(state, done('read', true), 1)
    state = advance(state, start('fit', 100), 10)
    expect(runLeft(state, 40)).toBe(90)
    state = advance(state, at('fit', 30, 100, 50), 40)
    expect(runLeft(state, 45)).toBe(70)
    state = advance(state, done('fit'), 90)
    expect(runLeft(state, 90)).toBe(20)
    // longer than it took before is not less than nothing
    state = advance(state, start('score', 20), 100)
    expect(runLeft(state, 200)).toBe(0)
    state = advance(state, done('score'), 200)
    expect(runLeft(state, 200)).toBeUndefined()
  })
})

describe('in a pipe', () => {
  it('a line where a stage starts and ends, one every ten seconds between, and no escape codes', () => {
    const terminal = memoryTerminal()
    let now = 0
    const progress = plainProgress(terminal, () => now)
    progress.observe(plan)
    progress.observe(done('read', true))
    expect(terminal.news()).toBe('')
    progress.observe(start('fit', 100))
    expect(terminal.news()).toBe('[1/4] fit starts (params.steps 3 → 4; expected 1 min 40 s)\n')
    for (now = 1; now <= 25; now++) {
      progress.observe(metric('fit', 0.123456))
      progress.observe(at('fit', now, 50, 50 - now))
    }
    expect(terminal.news()).toBe(
      '[1/4] fit: 10 of 50, 20 %, 40 s left, steps, loss 0.123\n[1/4] fit: 20 of 50, 40 %, 30 s left, steps, loss 0.123\n',
    )
    progress.observe(done('fit'))
    progress.observe(start('score'))
    progress.observe(done('score', true))
    progress.observe({ _tag: 'stage-failed', label: 'draw', error: 'x', log: '/l' })
    expect(terminal.news()).toBe(
      '[2/4] fit done in 1 min 01 s\n[2/4] score starts (params.steps 3 → 4)\n' +
        '[3/4] score hit: what it reads came out as before\n[3/4] draw failed\n',
    )
    progress.say('Stopping')
    progress.close()
    expect(terminal.news()).toBe('Stopping\n')
    expect(terminal.text()).not.toContain('\u001B')
  })
})

describe('the metric that is shown', () => {
  it('is the loss once there is one, else the last', () => {
    let state = advance(emptyRun, start('fit'), 0)
    const shown = (name: string, value: number): string => {
      state = advance(state, { _tag: 'metric', label: 'fit', name, value, step: 1 }, 0)
      return state.running[0]!.metric
    }
    expect(shown('detector.gradNorm', 3)).toBe('detector.gradNorm 3')
    expect(shown('detector.loss', 0.51234)).toBe('detector.loss 0.512')
    expect(shown('detector.learningRate', 1e-3)).toBe('detector.loss 0.512')
    expect(shown('detector.loss', 0.4)).toBe('detector.loss 0.4')
  })
})

describe('on a terminal', () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())
  /** What is seen: the region erased before each drawing, colours and cursor codes left out. */
  const seen = (text: string): string => {
    const lines: string[] = ['']
    // every drawing but the first begins with `up n lines, erase`
    for (const [i, drawing] of text.split('A\r\u001B[0J').entries()) {
      const up = drawing.lastIndexOf('\u001B[')
      const last = text.split('A\r\u001B[0J').length - 1 === i
      const shown = stripVTControlCharacters(last ? drawing : drawing.slice(0, up))
      const [first = '', ...rest] = shown.split('\n')
      lines[lines.length - 1] += first
      lines.push(...rest)
      if (!last) lines.splice(-1 - Number(drawing.slice(up + 2)), Infinity, '')
    }
    return lines.join('\n')
  }

  it('bars of the running stages and of the whole, drawn anew in place; what ends scrolls up', () => {
    const terminal = memoryTerminal({ live: true, colour: true })
    let now = 0
    const progress = liveProgress(terminal, () => now)
    progress.observe(plan)
    progress.observe(done('read', true))
    progress.observe(start('fit', 100))
    now = 25
    jest.advanceTimersByTime(200)
    expect(seen(terminal.text())).toBe(
      ` ━━━━━━────────────────── fit  1 min 15 s left\n ━━━━━━────────────────── 1/4 stages  about 1 min 35 s left\n`,
    )
    progress.observe(at('fit', 30, 40, 20))
    progress.observe(metric('fit', 0.5))
    jest.advanceTimersByTime(200)
    expect(seen(terminal.text())).toBe(
      ` ━━━━━━━━━━━━━━━━━━────── fit  30/40  20 s left  steps  loss 0.5\n ━━━━━━────────────────── 1/4 stages  about 40 s left\n`,
    )
    progress.observe(done('fit'))
    expect(seen(terminal.text())).toBe(
      `[2/4] fit done in 1 min 01 s\n ━━━━━━━━━━━━──────────── 2/4 stages  about 20 s left\n`,
    )
    progress.close()
    expect(seen(terminal.text())).toBe('[2/4] fit done in 1 min 01 s\n')
  })

  it('hides the cursor and brings it back, once; nothing is drawn after the end', () => {
    const terminal = memoryTerminal({ live: true })
    const progress = liveProgress(terminal, () => 0)
    progress.observe(plan)
    progress.observe(start('fit'))
    jest.advanceTimersByTime(500)
    progress.close()
    progress.close()
    expect(terminal.text().split('\u001B[?25h')).toHaveLength(2)
    expect(terminal.text().startsWith('\u001B[?25l')).toBe(true)
    expect(terminal.text().endsWith('\u001B[?25h')).toBe(true)
    terminal.news()
    jest.advanceTimersByTime(5000)
    expect(terminal.news()).toBe('')
  })

  it('no line is wider than the terminal', () => {
    const terminal = memoryTerminal({ live: true, columns: 60 })
    const progress = liveProgress(terminal, () => 0)
    progress.observe(plan)
    progress.observe(start(`fit[${'fold=0,'.repeat(20)}]`, 100))
    jest.advanceTimersByTime(200)
    for (const line of seen(terminal.text()).split('\n')) expect(line.length).toBeLessThanOrEqual(60)
    progress.close()
  })
})
