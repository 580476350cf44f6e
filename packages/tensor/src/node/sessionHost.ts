// Loads traced graphs into TensorFlow sessions: the file a SavedModel must pass through exists only for the load.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GraphHost } from '../compile/graphHost.ts'
import { graphFiles } from './graphFiles.ts'
import type { ProcessAddon } from './processAddon.ts'

/**
 * @param binding tfjs-node's native module.
 * @param native holds TensorFlow's notes about the load back.
 */
export const sessionHost = (
  binding: { loadSavedModel(folder: string, tags: string): number; readonly TF_Version: string },
  native?: ProcessAddon,
): GraphHost => ({
  files: graphFiles(binding.TF_Version),
  load: (savedModel) => {
    const folder = mkdtempSync(join(tmpdir(), 'radiograft-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModel)
      native?.hold()
      return binding.loadSavedModel(folder, 'serve')
    } finally {
      native?.release()
      rmSync(folder, { recursive: true, force: true })
    }
  },
})
