// What `provision` writes into tfjs-node's folder when all is linked, and the quick check that it still holds:
// a few `stat` calls, so that a target can ask on every run without loading TensorFlow.
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { placeAtomically } from './placeAtomically.ts'

/** The stamp: which runtime is linked and where it came from. */
export type RuntimeStamp = {
  /** `existing`: an add-on that was there; `folder`: RADIOGRAFT_LIBTENSORFLOW; `wheel`: the pinned download. */
  readonly source: 'existing' | 'folder' | 'wheel'
  readonly tensorflow: string
  readonly tfjsNode: string
  readonly nodeApi: number
  /** `process.platform` and `process.arch`. */
  readonly platform: string
  /** sha256 of the wheel, or what identifies the folder; empty for an existing add-on. */
  readonly identity: string
  /** Which way of building the add-on it came from; empty for an existing one. */
  readonly recipe: string
  /** Real paths and byte sizes of the add-on and the libraries. */
  readonly files: Readonly<Record<string, number>>
}

const STAMP_FILE = 'deps/radiograft-runtime.json'
export const ADDON_FILE = 'lib/napi-v8/tfjs_binding.node'

/** Real paths with sizes, as the stamp keeps them. */
export const sizesOf = (paths: ReadonlyArray<string>): Record<string, number> =>
  Object.fromEntries(paths.map((path) => [realpathSync(path), statSync(path).size]))

/** The stamp in tfjs-node's folder, whether it holds or not. */
export const readStamp = (tfjsNode: string): RuntimeStamp | undefined => {
  try {
    return JSON.parse(readFileSync(join(tfjsNode, STAMP_FILE), 'utf8')) as RuntimeStamp
  } catch {
    return undefined
  }
}

/** True when every stamped file is there in its size and the link in tfjs-node's folder leads to the stamped add-on. */
export const stampHolds = (tfjsNode: string, stamp: RuntimeStamp): boolean => {
  try {
    const linked = realpathSync(join(tfjsNode, ADDON_FILE))
    const entries = Object.entries(stamp.files)
    return linked in stamp.files && entries.every(([path, size]) => statSync(path).size === size)
  } catch {
    return false
  }
}

export const writeStamp = async (tfjsNode: string, stamp: RuntimeStamp): Promise<void> => {
  const path = join(tfjsNode, STAMP_FILE)
  const text = `${JSON.stringify(stamp, null, 2)}\n`
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return
  await placeAtomically(path, (temporary) => writeFile(temporary, text))
}
