// Temporary folders of tests, removed after all tests of the file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'

/** A new empty folder; call it at the top of a test file or inside of a test. */
export const emptyFolder = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `radiograft-${name}-`))
  made.push(folder)
  return folder
}

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})
