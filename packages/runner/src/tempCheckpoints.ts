// until packages/checkpoints has it
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checkpoint, Checkpoints } from '@radiograft/checkpoints'
export const folderCheckpoints = (folder: string, { attempt, onDamaged }: { readonly attempt: string; readonly onDamaged: (what: string) => void }): Checkpoints & { folder: string } => ({
  folder,
  latest: async () => {
    let found: Array<[number, string]> = []
    try { for (const a of readdirSync(folder)) for (const s of readdirSync(join(folder, a))) if (/^\d+$/.test(s)) found.push([Number(s), join(folder, a, s)]) } catch { return undefined }
    for (const [step, path] of found.sort((a, b) => b[0] - a[0])) {
      try {
        const { state, tensors } = JSON.parse(readFileSync(join(path, 'state.json'), 'utf8')) as any
        return { step, state, tensors: Object.fromEntries(Object.entries(tensors as any).map(([n, t]: any) => [n, { ...t, values: Float64Array.from(t.values) }])) } as Checkpoint
      } catch { onDamaged(path) }
    }
    return undefined
  },
  save: async ({ step, tensors, state }) => {
    const path = join(folder, attempt, String(step))
    mkdirSync(`${path}.tmp`, { recursive: true })
    writeFileSync(join(`${path}.tmp`, 'state.json'), JSON.stringify({ state, tensors: Object.fromEntries(Object.entries(tensors).map(([n, t]) => [n, { ...t, values: Array.from(t.values) }])) }))
    rmSync(path, { recursive: true, force: true })
    renameSync(`${path}.tmp`, path)
  },
  clear: async () => rmSync(folder, { recursive: true, force: true }),
})
