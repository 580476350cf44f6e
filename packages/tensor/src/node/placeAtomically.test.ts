import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeAtomically, removeLeftovers } from './placeAtomically.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('placeAtomically', () => {
  it('shows nothing until all is made, and nothing after a failure', async () => {
    const target = join(folder, 'made')
    await placeAtomically(target, async (temporary) => {
      mkdirSync(temporary)
      writeFileSync(join(temporary, 'a'), '1')
      expect(existsSync(target)).toBe(false)
    })
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('1')
    const failed = placeAtomically(join(folder, 'other'), async (temporary) => {
      mkdirSync(temporary)
      throw new Error('interrupted')
    })
    await expect(failed).rejects.toThrow('interrupted')
    expect(readdirSync(folder)).toEqual(['made'])
  })

  it('lets the folder stand that another process has put there', async () => {
    const target = join(folder, 'made')
    await placeAtomically(target, async (temporary) => {
      mkdirSync(temporary)
      mkdirSync(target)
      writeFileSync(join(target, 'theirs'), '')
    })
    expect(readdirSync(target)).toEqual(['theirs'])
  })

  it('removes old temporary names only', async () => {
    for (const name of ['.tmp-old', '.tmp-new', 'kept']) mkdirSync(join(folder, name))
    const longAgo = new Date(Date.now() - 7_200_000)
    utimesSync(join(folder, '.tmp-old'), longAgo, longAgo)
    await removeLeftovers(folder)
    expect(readdirSync(folder).toSorted()).toEqual(['.tmp-new', 'kept'])
  })
})
