// A store in which a stage is tried without leaving anything: the inputs are there, by links, and nothing else is. A
// checkpoint or a manifest that comes of the trial lies in the view and goes with it.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '@radiograft/runner'

/**
 * @param folder an empty one.
 * @param store the store's folder.
 * @param without labels whose results are left out.
 */
export const storeView = (folder: string, store: string, plan: Plan, without: ReadonlySet<string>): void => {
  symlinkSync(join(store, 'blobs'), join(folder, 'blobs'))
  mkdirSync(join(folder, 'manifests'))
  for (const { node, status } of plan.nodes) {
    if (status._tag !== 'hit' || without.has(node.label)) continue
    const file = `${status.key}.json`
    symlinkSync(join(store, 'manifests', file), join(folder, 'manifests', file))
  }
}
