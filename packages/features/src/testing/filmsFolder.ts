// Where the real films and weights of `*.films.test.ts` lie: RADIOGRAFT_FILMS, else `shared/data` beside the workspace.
// These tests run by `npm run test:films` only; `npm test` needs neither.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of a folder or file of the films; throws a plain explanation where it is absent. */
export const filmsFolder = (...path: ReadonlyArray<string>): string => {
  const beside = fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
  const found = join(process.env['RADIOGRAFT_FILMS'] ?? beside, ...path)
  if (!existsSync(found)) {
    throw new Error(
      `${found} is absent: these tests read real films and weights. Set RADIOGRAFT_FILMS to the folder that holds nih-mini and weights.`,
    )
  }
  return found
}
