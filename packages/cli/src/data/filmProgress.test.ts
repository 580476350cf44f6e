import { expect, it } from '@jest/globals'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { filmProgress } from './filmProgress.ts'

it('in a pipe: nothing for what is quick, else a line every ten seconds with the time left', () => {
  const terminal = memoryTerminal()
  let now = 100
  const progress = filmProgress(terminal, 'reading', 'comparing', () => now)
  progress.begin('checking')
  progress.step(0, 200)
  for (let done = 1; done <= 200; done++) {
    now += 0.25
    progress.step(done, 200)
  }
  progress.close()
  expect(terminal.text().split('\n')).toEqual([
    'reading: 40 of 200 films, 20 %, 40 s left',
    'reading: 80 of 200 films, 40 %, 30 s left',
    'reading: 120 of 200 films, 60 %, 20 s left',
    'reading: 160 of 200 films, 80 %, 10 s left',
    'reading: 200 of 200 films, 100 %, 0.0 s left',
    '',
  ])
})

it('on a terminal: one line that is drawn again and goes at the end', () => {
  const terminal = memoryTerminal({ live: true, colour: false })
  let now = 0
  const progress = filmProgress(terminal, 'reading', 'comparing the films', () => now)
  progress.begin('checking')
  expect(terminal.news()).toBe('\r\u001B[0K checking')
  progress.step(0, 8)
  now = 2
  progress.step(2, 8)
  now = 2.01 // too soon to draw again
  progress.step(3, 8)
  now = 4
  progress.step(8, 8)
  progress.close()
  progress.close()
  expect(terminal.news().split('\r\u001B[0K').slice(1)).toEqual([
    ` ${'─'.repeat(24)} reading 0 of 8 films`,
    ` ${'━'.repeat(6)}${'─'.repeat(18)} reading 2 of 8 films, 6.0 s left`,
    ` ${'━'.repeat(24)} comparing the films`,
    '',
  ])
})

it('plain lines go where they are sent', () => {
  const terminal = memoryTerminal()
  let now = 0
  const progress = filmProgress(terminal, 'reading', '', () => now, terminal.err)
  progress.step(0, 4)
  now = 10
  progress.step(1, 4)
  expect([terminal.text(), terminal.errors()]).toEqual(['', 'reading: 1 of 4 films, 25 %, 30 s left\n'])
})
