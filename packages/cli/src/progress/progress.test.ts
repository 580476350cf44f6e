import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { RunEvent } from '@radiograft/runner'
import { emulator } from '../testing/emulator.ts'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { doneOf, failedOf, metricOf, planEvent, startOf, stepOf } from '../testing/planOf.ts'
import { liveProgress } from './liveProgress.ts'
import { plainProgress } from './plainProgress.ts'
import { advance, emptyRun, runLeft } from './RunState.ts'

const plan = planEvent([
  { label: 'read', status: 'hit', seconds: 9 },
  { label: 'fit', reads: ['read'], seconds: 100 },
  { label: 'score', reads: ['fit'], status: 'unknown', seconds: 20 },
  { label: 'draw', reads: ['score'], status: 'unknown' },
])
const loss = (label: string, value: number): RunEvent => metricOf(label, 'loss', value)

describe('what is known of a run', () => {
  it('the time left: steps where a stage has them, else what it took before, and the stages that wait', () => {
    let state = advance(emptyRun, plan, 0)
    expect(runLeft(state, 0)).toBe(120)
    state = advance(state, doneOf('read', true), 1)
    state = advance(state, startOf('fit', 100), 10)
    expect(runLeft(state, 40)).toBe(90)
    state = advance(state, stepOf('fit', 30, 100, 50), 40)
    expect(runLeft(state, 45)).toBe(70)
    state = advance(state, doneOf('fit'), 90)
    expect(runLeft(state, 90)).toBe(20)
    // longer than it took before is not less than nothing
    state = advance(state, startOf('score', 20), 100)
    expect(runLeft(state, 200)).toBe(0)
    state = advance(state, doneOf('score'), 200)
    expect(runLeft(state, 200)).toBeUndefined()
  })
})

describe('in a pipe', () => {
  it('a line where a stage starts and ends, one every ten seconds between, and no escape codes', () => {
    const terminal = memoryTerminal()
    let now = 0
    const progress = plainProgress(terminal, () => now)
    progress.observe(plan)
    progress.observe(doneOf('read', true))
    expect(terminal.news()).toBe('')
    progress.observe(startOf('fit', 100))
    expect(terminal.news()).toBe('[1/4] fit starts (params.steps 3 → 4; expected 1 min 40 s)\n')
    for (now = 1; now <= 25; now++) {
      progress.observe(loss('fit', 0.123456))
      progress.observe(stepOf('fit', now, 50, 50 - now))
    }
    expect(terminal.news()).toBe(
      '[1/4] fit: 10 of 50, 20 %, 40 s left, steps, loss 0.123\n[1/4] fit: 20 of 50, 40 %, 30 s left, steps, loss 0.123\n',
    )
    // most of its steps are done, of its work a tenth
    now = 40
    progress.observe(stepOf('fit', 40, 50, 360, 0.1))
    expect(terminal.news()).toBe('[1/4] fit: 40 of 50, 10 %, 6 min 00 s left, steps, loss 0.123\n')
    progress.observe(doneOf('fit'))
    progress.observe(startOf('score'))
    progress.observe(doneOf('score', true))
    progress.observe(failedOf('draw', 'x'))
    expect(terminal.news()).toBe(
      '[2/4] fit done in 1 min 01 s, about 20 s left in all\n[2/4] score starts (params.steps 3 → 4)\n' +
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
    let state = advance(emptyRun, startOf('fit'), 0)
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

  /** What a person sees after all that was written, with what scrolled away; the terminal is as a shell expects it. */
  const seen = async (text: string): Promise<string> => {
    jest.useRealTimers()
    const screen = emulator(80, 24)
    await screen.write(text)
    const lines = screen.scrolled().join('\n').trimEnd()
    expect(await screen.leftovers()).toEqual([])
    return `\n${lines}\n`
  }

  it('the tree and the whole, drawn anew in place; what ends scrolls up; nothing is left of it at the end', async () => {
    const terminal = memoryTerminal({ live: true, colour: true, columns: 80, rows: 24 })
    let now = 0
    const moments: string[] = []
    const progress = liveProgress(terminal, () => now)
    progress.observe(plan)
    progress.observe(doneOf('read', true, 9))
    progress.observe(startOf('fit', 100))
    now = 25
    jest.advanceTimersByTime(200)
    moments.push(terminal.text())
    progress.observe(stepOf('fit', 30, 40, 20))
    progress.observe(loss('fit', 0.5))
    jest.advanceTimersByTime(200)
    moments.push(terminal.text())
    progress.observe(doneOf('fit'))
    progress.say('a line of the command’s own')
    moments.push(terminal.text())
    progress.close()
    moments.push(terminal.text())
    progress.close()
    terminal.news()
    progress.say('after the end')
    jest.advanceTimersByTime(5000)
    expect(terminal.news()).toBe('after the end\n')
    expect(await seen(moments[0]!)).toBe(`
= read   hit      9 s saved
● fit    running  ━━━─────── 1 min 15 s left
│        why: params.steps 3 → 4
○ score  waiting  about 20 s
○ draw   waiting
━━━─────── 1/4 stages  about 1 min 35 s left  25 s so far
`)
    expect(await seen(moments[1]!)).toContain(`
● fit    running  ━━━━━━━━── 30/40  20 s left  loss 0.5
│        why: params.steps 3 → 4
`)
    expect(await seen(moments[2]!)).toBe(`
[2/4] fit done in 1 min 01 s
a line of the command’s own
= read   hit      9 s saved
✓ fit    done     1 min 01 s
○ score  waiting  about 20 s
○ draw   waiting
━━━━━───── 2/4 stages  about 20 s left  25 s so far
`)
    expect(await seen(moments[3]!)).toBe('\n[2/4] fit done in 1 min 01 s\na line of the command’s own\n')
  })

  it('a stage that goes on says so; one that was stopped, what is kept', async () => {
    const terminal = memoryTerminal({ live: true, columns: 100, rows: 24 })
    let time = 0
    const progress = liveProgress(terminal, () => time)
    progress.observe(plan)
    progress.observe(doneOf('read', true))
    progress.observe(startOf('fit', 20))
    progress.observe({ _tag: 'resumed', label: 'fit', step: 30, total: 40 })
    time = 1
    progress.say('-')
    expect(await seen(terminal.text())).toContain(`
● fit    running  ━━━━━━━━━━━━──── 30/40  19 s left
│        resumed at step 30, why: params.steps 3 → 4
`)
    progress.observe({ _tag: 'checkpoint', label: 'fit', step: 35, total: 40, bytes: 1, seconds: 1 })
    const kept = [{ label: 'fit', step: 35, total: 40 }]
    progress.observe({ _tag: 'run-stopped', status: 'interrupted', error: 'interrupted', kept })
    progress.close()
    expect(await seen(terminal.text())).toContain(`
fit: 35 of 40 steps are kept; the same command goes on there
= 1 hit: read
■ fit  stopped  kept at step 35 of 40
`)
  })

  it('a warning stays above, and in a pipe', async () => {
    const warning = { _tag: 'warning', label: 'fit', message: 'step 3 could not be kept' } as const
    for (const live of [true, false]) {
      const terminal = memoryTerminal({ live, columns: 100, rows: 24 })
      const progress = (live ? liveProgress : plainProgress)(terminal, () => 0)
      progress.observe(plan)
      progress.observe(startOf('fit', 20))
      progress.observe(warning)
      progress.close()
      expect(live ? await seen(terminal.text()) : terminal.text()).toContain('[0/4] fit: step 3 could not be kept')
    }
  })

  it('in a pipe: a line where it goes on, and one of what is kept, but not of a stage that says so by its failure', () => {
    const terminal = memoryTerminal({ live: false })
    const progress = plainProgress(terminal, () => 0)
    progress.observe(plan)
    progress.observe(startOf('fit', 20))
    progress.observe({ _tag: 'resumed', label: 'fit', step: 30, total: undefined })
    progress.observe(failedOf('fit', 'x'))
    const kept = [
      { label: 'fit', step: 35, total: 40 },
      { label: 'other', step: 5, total: undefined },
    ]
    progress.observe({ _tag: 'run-stopped', status: 'failed', error: 'x', kept })
    expect(terminal.text()).toBe(`[0/4] fit starts (params.steps 3 → 4; expected 20 s)
[0/4] fit resumed at step 30
[0/4] fit failed
other: 5 steps are kept; the same command goes on there
`)
  })

  it('of a run that ended early the region stays, folded', async () => {
    const terminal = memoryTerminal({ live: true, columns: 80, rows: 24 })
    const progress = liveProgress(terminal, () => 9)
    progress.observe(plan)
    progress.observe(doneOf('read', true))
    progress.observe(startOf('fit'))
    progress.observe(failedOf('fit', 'RangeError: loss is NaN'))
    progress.observe({ _tag: 'run-stopped', status: 'failed', error: 'x' })
    progress.close()
    expect(await seen(terminal.text())).toBe(`
[1/4] fit failed
= 1 hit: read
✗ fit  failed   RangeError: loss is NaN
· 2 not reached: score, draw
━━━─────── 1/4 stages  under 1 s so far
`)
  })

  it('at most ten frames a second, each one write; none where nothing has changed', () => {
    const writes: string[] = []
    const terminal = { ...memoryTerminal({ live: true }), out: (text: string) => void writes.push(text) }
    let now = 0
    const progress = liveProgress(terminal, () => now)
    progress.observe(plan)
    progress.observe(startOf('fit'))
    jest.advanceTimersByTime(100)
    writes.length = 0
    jest.advanceTimersByTime(5000)
    expect(writes).toEqual([])
    for (let i = 0; i < 1000; i++) {
      now = i / 1000
      progress.observe(stepOf('fit', i, 1000, 9))
      jest.advanceTimersByTime(1)
    }
    expect(writes.length).toBeGreaterThan(5)
    expect(writes.length).toBeLessThanOrEqual(10)
    // only the rows that have changed: no name of a stage that waits
    expect(writes.join('')).not.toContain('score')
    progress.close()
  })

  it('names cannot move the cursor', async () => {
    const terminal = memoryTerminal({ live: true, columns: 60 })
    const progress = liveProgress(terminal, () => 0)
    progress.observe(planEvent([{ label: 'a\u001B[2Jb' }]))
    progress.observe(startOf('a\u001B[2Jb', 3, 'why\u009B2J'))
    progress.observe(doneOf('a\u001B[2Jb'))
    jest.advanceTimersByTime(200)
    progress.close()
    expect(await seen(terminal.text())).toContain('[1/1] a\\u{1b}[2Jb done in 1 min 01 s')
  })
})
