import { describe, expect, it } from '@jest/globals'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeAtomically, removeLeftovers } from './placeAtomically.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

const temporary = temporaryFolder()

describe('placeAtomically', () => {
  it('shows nothing until all is made, and nothing after a failure', async () => {
    const target = join(temporary.path, 'made')
    await placeAtomically(target, async (temporary) => {
      mkdirSync(temporary)
      writeFileSync(join(temporary, 'a'), '1')
      expect(existsSync(target)).toBe(false)
    })
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('1')
    const failed = placeAtomically(join(temporary.path, 'other'), async (temporary) => {
      mkdirSync(temporary)
      throw new Error('interrupted')
    })
    await expect(failed).rejects.toThrow('interrupted')
    expect(readdirSync(temporary.path)).toEqual(['made'])
  })

  it('lets the folder stand that another process has put there', async () => {
    const target = join(temporary.path, 'made')
    await placeAtomically(target, async (temporary) => {
      mkdirSync(temporary)
      mkdirSync(target)
      writeFileSync(join(target, 'theirs'), '')
    })
    expect(readdirSync(target)).toEqual(['theirs'])
  })

  it('removes old temporary names only', async () => {
    for (const name of ['.tmp-old', '.tmp-new', 'kept']) mkdirSync(join(temporary.path, name))
    const longAgo = new Date(Date.now() - 7_200_000)
    utimesSync(join(temporary.path, '.tmp-old'), longAgo, longAgo)
    await removeLeftovers(temporary.path)
    expect(readdirSync(temporary.path).toSorted()).toEqual(['.tmp-new', 'kept'])
  })
})
