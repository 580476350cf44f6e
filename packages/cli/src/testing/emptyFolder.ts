import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes an empty folder below the system's temporary one, `radiograft-<name>-…`, and answers its path. */
export const emptyFolder = (name: string): string => mkdtempSync(join(tmpdir(), `radiograft-${name}-`))
