// The region of a run as a person sees it, whole screens at a time.
import { describe, expect, it } from '@jest/globals'
import type { RunEvent } from '@radiograft/runner'
import { doneOf, failedOf, metricOf, planEvent, planOf, startOf, stepOf } from '../testing/planOf.ts'
import type { PlannedStage } from '../testing/planOf.ts'
import { paintFor } from '../text/paint.ts'
import { paintLine } from './Line.ts'
import { finalLines, regionLines } from './regionLines.ts'
import { advance, emptyRun } from './RunState.ts'
import type { RunState } from './RunState.ts'
import { stageTree } from './StageTree.ts'
import { textWidth } from './textWidth.ts'

const paint = paintFor(false)
const stages: ReadonlyArray<PlannedStage> = [
  { label: 'read', status: 'hit', seconds: 9 },
  { label: 'split', reads: ['read'], status: 'hit', seconds: 1 },
  { label: 'fit-aligner', reads: ['read', 'split'], reason: 'params.steps 300 → 400', seconds: 200 },
  { label: 'align', reads: ['read', 'fit-aligner'], status: 'unknown', seconds: 40 },
  { label: 'fit-detector[attention=off]', reads: ['align', 'split'], status: 'unknown', seconds: 300 },
  { label: 'detect[attention=off]', reads: ['fit-detector[attention=off]', 'align'], status: 'unknown', seconds: 20 },
  { label: 'residual', reads: ['align'], status: 'unknown', seconds: 5 },
  { label: 'fit-detector[attention=on]', reads: ['align', 'residual'], status: 'unknown', seconds: 300 },
  { label: 'detect[attention=on]', reads: ['fit-detector[attention=on]', 'residual'], status: 'unknown', seconds: 20 },
  { label: 'evaluate', reads: ['detect[attention=off]', 'detect[attention=on]'], status: 'unknown' },
  { label: 'box-prior', reads: ['split'], reason: 'code changed (packages/detectors/src/priors/boxPrior.ts changed)' },
  { label: 'draw-cohort', reads: ['read'], status: 'hit', seconds: 2 },
]
const tree = stageTree(planOf(stages).nodes)

const after = (events: ReadonlyArray<readonly [number, RunEvent]>): RunState =>
  [[0, planEvent(stages)] as const, ...events].reduce((state, [now, event]) => advance(state, event, now), emptyRun)
const hits = ['read', 'split', 'draw-cohort'].map((label) => [0, doneOf(label, true, 3)] as const)
const fitting = [
  ...hits,
  [1, startOf('fit-aligner', 200, 'params.steps 300 → 400')],
  [1, startOf('box-prior', undefined, 'code changed (packages/detectors/src/priors/boxPrior.ts changed)')],
  [60, stepOf('fit-aligner', 130, 400, 123)],
  [61, metricOf('fit-aligner', 'aligner.loss', 0.031234)],
] as const
const detecting = [
  ...fitting,
  [180, doneOf('fit-aligner')],
  [182, doneOf('box-prior', false, 121)],
  [200, doneOf('align', false, 20)],
  [201, startOf('residual', 5, 'input films changed')],
  [201, startOf('fit-detector[attention=off]', 300, 'input films changed')],
  [206, doneOf('residual', false, 5)],
  [260, stepOf('fit-detector[attention=off]', 9, 450, 400)],
] as const

/** As text, the right edge marked so that the width is seen. */
const screen = (state: RunState, now: number, columns: number, rows: number): string =>
  regionLines(tree, state, now, { columns, rows })
    .map((line) => paintLine(line, columns, paint))
    .join('\n')

describe('120 columns, 40 rows', () => {
  it('the whole tree: the longest way as the trunk, shorter ones as branches; why each is computed', () => {
    expect(`\n${screen(after(fitting), 66, 119, 40)}\n`).toBe(`
= read             hit      3 s saved
├─= draw-cohort    hit      3 s saved
= split            hit      3 s saved
├─● box-prior      running  ──────────────── 1 min 05 s so far
│                  why: code changed (packages/detectors/src/priors/boxPrior.ts changed)
● fit-aligner      running  ━━━━━─────────── 130/400 steps  2 min 03 s left  aligner.loss 0.0312
│                  why: params.steps 300 → 400
○ align            waiting  about 40 s
○ residual         waiting  about 5 s
○ fit-detector ×2  waiting  about 10 min 00 s
○ detect ×2        waiting  about 40 s
○ evaluate         waiting
━━━━──────────── 3/12 stages  about 13 min 28 s left  1 min 06 s so far
`)
  })

  it('arms of a stage in one row, the one that runs below it', () => {
    expect(`\n${screen(after(detecting), 261, 119, 40)}\n`).toBe(`
= read             hit      3 s saved
├─= draw-cohort    hit      3 s saved
= split            hit      3 s saved
├─✓ box-prior      done     2 min 01 s      why: code changed (packages/detectors/src/priors/boxPrior.ts changed)
✓ fit-aligner      done     1 min 01 s      why: params.steps 300 → 400
✓ align            done     20 s
✓ residual         done     5 s             why: input films changed
● fit-detector ×2  running  1 running, 1 waiting
│ ● attention=off  running  ────────────────   9/450 steps  6 min 40 s left
│                  why: input films changed
○ detect ×2        waiting  about 40 s
○ evaluate         waiting
━━━━━━━━━─────── 7/12 stages  about 12 min 20 s left  4 min 21 s so far
`)
  })
})

it('160 columns: reasons in the same line', () => {
  expect(screen(after(fitting), 66, 159, 40).split('\n').slice(3, 5)).toEqual([
    '├─● box-prior      running  ──────────────────────── 1 min 05 s so far  why: code changed (packages/detectors/src/priors/boxPrior.ts changed)',
    '● fit-aligner      running  ━━━━━━━━──────────────── 130/400 steps  2 min 03 s left  aligner.loss 0.0312  why: params.steps 300 → 400',
  ])
})

describe('80 columns, 24 rows and less', () => {
  it('short bars, reasons below', () => {
    expect(`\n${screen(after(fitting), 66, 79, 24)}\n`).toBe(`
= read             hit      3 s saved
├─= draw-cohort    hit      3 s saved
= split            hit      3 s saved
├─● box-prior      running  ────────── 1 min 05 s so far
│                  why: code changed (packages/detectors/src/priors/boxPrior.t…
● fit-aligner      running  ━━━─────── 130/400  2 min 03 s left  loss 0.0312
│                  why: params.steps 300 → 400
○ align            waiting  about 40 s
○ residual         waiting  about 5 s
○ fit-detector ×2  waiting  about 10 min 00 s
○ detect ×2        waiting  about 40 s
○ evaluate         waiting
━━━─────── 3/12 stages  about 13 min 28 s left  1 min 06 s so far
`)
  })
  it('12 rows: what is done folds into one line', () => {
    expect(`\n${screen(after(detecting), 261, 79, 12)}\n`).toBe(`
✓ 4 done, 3 hit: read, split, fit-aligner, align, residual, box-prior, draw-co…
● fit-detector ×2  running  1 running, 1 waiting
│ ● attention=off  running  ──────────   9/450  6 min 40 s left
│                  why: input films changed
○ detect ×2        waiting  about 40 s
○ evaluate         waiting
━━━━━━──── 7/12 stages  about 12 min 20 s left  4 min 21 s so far
`)
  })
  it('10 rows: then what waits, from the end', () => {
    expect(`\n${screen(after(fitting), 66, 79, 10)}\n`).toBe(`
= 3 hit: read, split, draw-cohort
┌─● box-prior  running  ────────── 1 min 05 s so far
│              why: code changed (packages/detectors/src/priors/boxPrior.ts ch…
● fit-aligner  running  ━━━─────── 130/400  2 min 03 s left  loss 0.0312
│              why: params.steps 300 → 400
○ align        waiting  about 40 s
○ 6 waiting: fit-detector ×2, detect ×2, residual, evaluate
━━━─────── 3/12 stages  about 13 min 28 s left  1 min 06 s so far
`)
  })
  it('6 rows: the running ones still stand, their reasons no longer', () => {
    expect(`\n${screen(after(fitting), 66, 79, 7)}\n`).toBe(`
= 3 hit: read, split, draw-cohort
┌─● box-prior  running  ────────── 1 min 05 s so far
● fit-aligner  running  ━━━─────── 130/400  2 min 03 s left  loss 0.0312
○ 7 waiting: align, fit-detector ×2, detect ×2, residual, evaluate
━━━─────── 3/12 stages  about 13 min 28 s left  1 min 06 s so far
`)
  })
})

it('40 columns: no bar, short times, metric and reason below', () => {
  expect(`\n${screen(after(fitting), 66, 39, 12)}\n`).toBe(`
= 3 hit: read, split, draw-cohort
┌─● box-prior  running 1:05 so far
│    code changed (packages/detectors/…
● fit-aligner  running 130/400  2:03 l…
│  loss 0.0312  params.steps 300 → 400
○ align        waiting about 40 s
○ fit-detecto… waiting about 10:00
○ detect ×2    waiting about 40 s
○ 2 waiting: residual, evaluate
━━────── 3/12 stages 13:28 left
`)
})

it('of a run that failed: what failed and why, what was stopped, how much is not reached', () => {
  let state = after(detecting)
  state = advance(state, failedOf('fit-detector[attention=off]', 'RangeError: loss is NaN\n  inputs: films'), 262)
  state = advance(state, { _tag: 'run-stopped', status: 'failed', error: 'x' }, 262)
  expect(
    `\n${finalLines(tree, state, 262, 79)
      .map((line) => paintLine(line, 79, paint))
      .join('\n')}\n`,
  ).toBe(`
✓ 4 done, 3 hit: read, split, fit-aligner, align, residual, box-prior, draw-co…
✗ fit-detector ×2  failed   1 failed, 1 not reached
  ✗ attention=off  failed   RangeError: loss is NaN
· 3 not reached: detect ×2, evaluate
━━━━━━──── 7/12 stages  4 min 22 s so far
`)
})

it('fits every window, whatever the names, and always shows what runs', () => {
  const names = ['胸部X線の読み込み', 'e\u0301'.repeat(30), 'x\u001B[2J\u202Ey', '🫁'.repeat(20), 'fit-detector']
  const odd = names.map((label, i) => ({
    label,
    reads: names.slice(Math.max(0, i - 1), i),
    reason: 'a\nb\tc'.repeat(20),
  }))
  const oddTree = stageTree(planOf(odd).nodes)
  let state = advance(emptyRun, planEvent(odd), 0)
  for (const label of names.slice(1)) state = advance(state, startOf(label, 5, 'line\nbreak'), 0)
  state = advance(state, metricOf(names[1]!, 'a\u001B]0;title\u0007.loss', 1e-9), 1)
  for (const columns of [9, 20, 39, 40, 79, 99, 119, 199])
    for (const rows of [4, 5, 7, 10, 11, 15, 24, 40, 60])
      for (const [shown, what] of [
        [oddTree, state],
        [tree, after(detecting)],
      ] as const) {
        const lines = regionLines(shown, what, 7, { columns, rows }).map((line) => paintLine(line, columns, paint))
        expect(lines.length).toBeLessThanOrEqual(rows - 2)
        for (const line of lines) {
          expect(textWidth(line)).toBeLessThanOrEqual(columns)
          expect(line).not.toMatch(/[\p{Cc}\u202E]/u)
        }
        if (rows >= 10) expect(lines.filter((line) => line.includes('●'))).toHaveLength(what === state ? 4 : 2)
      }
})

it('ids that read one another in a circle, in arms that are wired differently, still make a tree', () => {
  const circle = stageTree(
    planOf([
      { label: 'a[arm=1]' },
      { label: 'b[arm=1]', reads: ['a[arm=1]'] },
      { label: 'b[arm=2]' },
      { label: 'a[arm=2]', reads: ['b[arm=2]'] },
    ]).nodes,
  )
  const lines = regionLines(circle, emptyRun, 0, { columns: 80, rows: 24 })
  expect(lines.map((line) => line.map(({ text }) => text).join('')).slice(0, 2)).toEqual([
    '┌─○ b ×2  waiting',
    '○ a ×2    waiting',
  ])
})
