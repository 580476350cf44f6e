import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'

/**
 * For a test file's top level: each call of the answer is a path at which nothing is yet, in a temporary folder of this
 * test file that goes after its last test.
 */
export const newFolders = (name: string): (() => string) => {
  const root = mkdtempSync(join(tmpdir(), `radiograft-${name}-`))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  let made = 0
  return () => join(root, `${made++}`)
}
