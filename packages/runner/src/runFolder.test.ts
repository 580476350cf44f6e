// The journal of a run: whole lines, whatever happened to the one before.
import { afterEach, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRunFolder } from './runFolder.ts'

const runs = mkdtempSync(join(tmpdir(), 'radiograft-journal-'))
afterEach(() => rmSync(runs, { recursive: true, force: true }))

it('a line that was lost or half written spoils no later one', () => {
  const folder = openRunFolder(runs, 'tiny', 'quick', new Date('2026-11-24T05:12:03.500Z'))
  expect(folder.id).toMatch(/^20261124-051203-tiny-quick-[0-9a-f]{4}$/)
  const file = join(folder.path, 'events.ndjson')
  folder.event({ _tag: 'plan', at: 1 })
  expect(readFileSync(file, 'utf8')).toBe('{"_tag":"plan","at":1}\n')
  // what a full disk leaves: the line fails, and its beginning stays
  rmSync(folder.path, { recursive: true })
  folder.event({ _tag: 'metric', label: 'fit', name: 'loss', value: 0.5, step: 1, at: 2 })
  mkdirSync(folder.path)
  writeFileSync(file, '{"_tag":"metric","at":2,"la')
  folder.event({ _tag: 'metric', label: 'fit', name: 'loss', value: Number.NaN, step: 2, at: 3 })
  folder.event({ _tag: 'run-done', at: 4 })
  expect(readFileSync(file, 'utf8').split('\n')).toEqual([
    '{"_tag":"metric","at":2,"la',
    '{"_tag":"metric","at":3,"label":"fit","name":"loss","step":2,"value":{"$number":"NaN"}}',
    '{"_tag":"run-done","at":4}',
    '',
  ])
})
