// The figures of a stage that was computed, read from the store by its manifest; and those of a run's end, from its folder.
import { fileStore, readArtefact } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import { Figure } from '@radiograft/pipeline'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface NamedFigure {
  readonly name: string
  readonly mediaType: Figure['mediaType']
  readonly bytes: Uint8Array
  /** absent where only the file is there */
  readonly title?: string
  readonly caption?: string
}

/**
 * Undefined where the store, or the stage in it, is not here: the run was copied from another machine, say. A figure whose
 * bytes are gone or damaged is left out.
 */
export const stageFigures = async (store: string, key: string): Promise<ReadonlyArray<NamedFigure> | undefined> => {
  if (!existsSync(store)) return undefined
  const { blobs, manifests } = fileStore(store)
  const manifest = await manifests.get(key)
  if (!manifest) return undefined
  const found: NamedFigure[] = []
  for (const [name, artefact] of Object.entries(manifest.outputs)) {
    if (artefact.kind !== Figure.kind) continue
    const figure = await readArtefact(blobs, Figure, artefact).catch(() => undefined)
    if (figure) found.push({ name, ...figure })
  }
  return found
}

const mediaTypes = { svg: 'image/svg+xml', png: 'image/png' } as const

/** Each figure of `figures/` with the label of the stage that drew it; a name of several results ends in their number. */
export async function* folderFigures(
  folder: string,
  { results }: RunRecord,
): AsyncGenerator<{ readonly label: string; readonly figure: NamedFigure }> {
  for (const [result, list] of Object.entries(results))
    for (const [i, { node: label, kind }] of list.entries()) {
      if (kind !== Figure.kind) continue
      const name = list.length === 1 ? result : `${result}-${i + 1}`
      for (const [ending, mediaType] of Object.entries(mediaTypes)) {
        const bytes = await readFile(join(folder, 'figures', `${name}.${ending}`)).catch(() => undefined)
        if (bytes) yield { label, figure: { name, mediaType, bytes } }
      }
    }
}
