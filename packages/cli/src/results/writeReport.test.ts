import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { writeReport } from './writeReport.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'radiograft-')), 'report')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const tile = (path: string, ...bytes: number[]) => ({ path, bytes: Uint8Array.from(bytes) })
const page = (): string => readFileSync(join(folder, 'index.html'), 'utf8')
const films = (): ReadonlyArray<string> => readdirSync(join(folder, 'films')).toSorted()

test('a page without pictures beside it makes no folder for them', () => {
  expect(writeReport(folder, { html: '<p>', tiles: [] })).toBe(join(folder, 'index.html'))
  expect(page()).toBe('<p>')
  expect(readdirSync(folder)).toEqual(['index.html'])
})

test('pictures are written byte for byte; those that an earlier page left go, other files stay', () => {
  writeReport(folder, { html: 'a', tiles: [tile('films/0001-1.png', 1, 2), tile('films/0002-1.png', 3)] })
  expect(films()).toEqual(['0001-1.png', '0002-1.png'])
  writeFileSync(join(folder, 'films/mine.png'), 'mine')
  writeReport(folder, { html: 'b', tiles: [tile('films/0001-1.png', 9), tile('films/10000-2.png', 8)] })
  expect(page()).toBe('b')
  expect(films()).toEqual(['0001-1.png', '10000-2.png', 'mine.png'])
  expect([...readFileSync(join(folder, 'films/0001-1.png'))]).toEqual([9])

  writeReport(folder, { html: 'c', tiles: [] })
  expect(films()).toEqual(['mine.png'])
})

test('a folder that held only such pictures goes with them', () => {
  mkdirSync(join(folder, 'films'), { recursive: true })
  writeFileSync(join(folder, 'films/0001-1.png'), '')
  writeReport(folder, { html: 'c', tiles: [] })
  expect(existsSync(join(folder, 'films'))).toBe(false)
})
