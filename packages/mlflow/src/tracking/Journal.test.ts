// Reading a journal by its offset while it is written, and what a killed process leaves.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { JournalLine } from '@radiograft/runner'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endJournal, journalEnd, journalLines, pointsFrom, readJournal, unreadableLines } from './Journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const append = (text: string): void => appendFileSync(join(folder, 'events.ndjson'), text)
const metric = (step: number): string =>
  `{"_tag":"metric","at":${step},"label":"fit","name":"loss","step":${step},"value":0.5}\n`

it('whole lines from an offset; half of one waits; damaged and silent ones are passed over', async () => {
  expect(await readJournal(folder, 0)).toEqual({ entries: [], next: 0, atEnd: true, unreadable: 0 })
  append('{"_tag":"plan","at":1}\n{"_tag":"progress","at":1,"label":"fit"}\n{"_tag":"met\n\n[1]\nnull\n')
  append('{"_tag":"metric","at":1.5,"label":"fit"}\n')
  append('{"_tag":"metric","at":2,"label":"fit","name":"loss","step":1,"value":{"$number":"NaN"}}\n{"_tag":"run-d')
  const piece = await readJournal(folder, 0)
  expect(piece.entries).toEqual([
    { line: { _tag: 'plan', at: 1 }, from: 0, to: 23 },
    {
      line: { _tag: 'metric', at: 2, label: 'fit', name: 'loss', step: 1, value: Number.NaN },
      from: piece.next - 88,
      to: piece.next,
    },
  ])
  expect(piece.atEnd).toBe(true)
  // half a line, no object, null, and a time that is none
  expect(piece.unreadable).toBe(4)
  expect(await unreadableLines(folder, piece.next)).toBe(4)
  expect(await readJournal(folder, piece.next)).toEqual({ entries: [], next: piece.next, atEnd: true, unreadable: 0 })
  append('one","at":3}\n')
  expect((await readJournal(folder, piece.next)).entries).toMatchObject([{ line: { _tag: 'run-done', at: 3 } }])
})

it('in pieces, a long line whole, letters of two bytes at any place', async () => {
  const lines: JournalLine[] = Array.from({ length: 3000 }, (_, at) => ({
    _tag: 'stage-failed',
    label: 'é'.repeat(at % 7),
    error: at === 1000 ? 'ü'.repeat(400_000) : 'é'.repeat(60),
    log: '',
    at,
  }))
  append(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const first = await readJournal(folder, 0)
  expect(first.atEnd).toBe(false)
  expect(first.entries.length).toBeLessThan(1000)
  const read: JournalLine[] = []
  for await (const line of journalLines(folder)) read.push(line)
  expect(read).toEqual(lines)
})

it('counts the points behind an offset', async () => {
  append(metric(1) + metric(2))
  const { next } = await readJournal(folder, 0)
  append(`${metric(3)}{"_tag":"progress","at":1}\n${metric(4)}${metric(5)}`)
  expect(await pointsFrom(folder, 0)).toBe(5)
  expect(await pointsFrom(folder, next)).toBe(3)
})

it('an end after half a line: that one is closed and read by nobody', async () => {
  append(`${metric(1)}{"_tag":"metric","at":2,"lab`)
  expect((await journalEnd(folder))?.last).toMatchObject({ _tag: 'metric', at: 1 })
  await endJournal(folder, { _tag: 'run-stopped', status: 'interrupted', error: 'killed', at: 3 })
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toBe(
    `${metric(1)}{"_tag":"metric","at":2,"lab\n{"_tag":"run-stopped","status":"interrupted","error":"killed","at":3}\n`,
  )
  expect((await journalEnd(folder))?.last).toMatchObject({ _tag: 'run-stopped', at: 3 })
})
