// A folder for each test of a file, gone after it. Used by tests of what is kept in folders.
import { afterEach, beforeEach } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TemporaryFolder {
  /** of the test that runs */
  readonly path: string
  /** Writes a file below it, with the folders above, and answers where. */
  readonly write: (path: string, text?: string) => string
}

/** For a test file's top level. */
export const temporaryFolder = (): TemporaryFolder => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'radiograft-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  return {
    get path() {
      return folder
    },
    write: (path, text = '') => {
      const file = join(folder, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      return file
    },
  }
}
