// The bundle of a stage with its source map, for a debugger: the same text, held against the digest that the plan hashed.
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleEntries } from './bundleEntries.ts'
import { BundleError } from './errors.ts'
import type { StageCode } from './StageCode.ts'
import type { Workspace } from './Workspace.ts'

const comment = '//# sourceMappingURL='
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

/** Absolute path, beside the bundle. Rejects with `BundleError` where the code was edited since it was hashed. */
export const debugBundle = async (workspace: Workspace, code: StageCode): Promise<string> => {
  const root = realpathSync(workspace.root)
  const [bundle] = await bundleEntries(root, [join(root, code.entry)], true)
  const text = bundle!.text
  // what was hashed is what runs
  if (sha256(text.slice(0, text.lastIndexOf(comment))) !== sha256(readFileSync(code.file, 'utf8')))
    throw new BundleError(code.entry, 'it was edited since the plan was made; give the command again')
  const file = code.file.replace(/\.mjs$/, '.debug.mjs')
  writeFileSync(file, text)
  return file
}
