// What may leave of a run's texts: films and patients of its cohorts by pseudonyms of the project, and no path. Films of the
// phantom are of nobody and keep their names.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileStore, readArtefact } from '@radiograft/artefact-store'
import type { Manifest, RunRecord, Store } from '@radiograft/artefact-store'
import type { Privacy } from '@radiograft/mlflow/tracking'
import { Cohort, holdsPatients, Table } from '@radiograft/pipeline'
import { patientPseudonyms } from '../data/pseudonyms.ts'
import { idHider } from './idHider.ts'
import type { IdHider } from './idHider.ts'
import { pathHider } from './pathHider.ts'

/** Folders that `--data` named: `<folder>`, or `<dataset>=<folder>`. */
const dataFolders = (command: RunRecord['command']): ReadonlyArray<string> =>
  command.flatMap((word, i) => {
    const value = word.startsWith('--data=') ? word.slice(7) : command[i - 1] === '--data' ? word : undefined
    if (value === undefined) return []
    const folder = /^[\w-]+=/.test(value) ? value.slice(value.indexOf('=') + 1) : value
    return [folder, resolve(folder)]
  })

/** Films that were left out are in no cohort; the stage that read them lists them in a table beside it. */
const addLeftOut = (hider: IdHider, { columns, cells }: Table): void => {
  const place = columns.indexOf('films')
  for (const row of cells) if (place >= 0 && typeof row[place] === 'string') hider.add('film', row[place])
}

/**
 * @param folder of the run
 * @param location the store's folder, if not where run.json says
 */
export const runPrivacy = (record: RunRecord, folder: string, location: string = record.store): Privacy => {
  const pathless = pathHider({
    ...Object.fromEntries(
      [homedir(), dirname(dirname(record.store))].map((path) => [path, 'a folder of this machine']),
    ),
    ...Object.fromEntries([record.store, location].map((path) => [path, 'the store'])),
    [folder]: 'the run folder',
    ...Object.fromEntries(dataFolders(record.command).map((path) => [path, 'the data'])),
  })
  if (!Object.values(record.datasets).some(holdsPatients))
    return { learn: async () => {}, whom: () => 'nobody', clean: pathless }

  let name: ((patient: string) => string) | undefined
  const hider = idHider((kind, id) => {
    name ??= patientPseudonyms(location)
    return kind === 'patient' ? name(id) : name(id).replace('patient-', 'film-')
  })
  let whom: 'known' | 'unknown' = 'unknown'
  let failed = false
  const learnt = new Set<string>()

  const addCohorts = async ({ blobs }: Store, { outputs }: Manifest): Promise<void> => {
    const artefacts = Object.values(outputs)
    const cohorts = artefacts.filter(({ kind }) => kind === Cohort.kind)
    for (const artefact of cohorts) {
      for (const { film, patient } of await readArtefact(blobs, Cohort, artefact)) {
        hider.add('film', film)
        hider.add('patient', patient)
      }
      whom = 'known'
    }
    if (cohorts.length > 0)
      for (const artefact of artefacts.filter(({ kind }) => kind === Table.kind))
        addLeftOut(hider, await readArtefact(blobs, Table, artefact))
  }
  return {
    learn: async (key) => {
      if (learnt.has(key) || !existsSync(location)) return
      learnt.add(key)
      try {
        const store = fileStore(location)
        const manifest = await store.manifests.get(key)
        if (manifest) await addCohorts(store, manifest)
      } catch {
        // a cohort that cannot be read names films that would not be hidden
        failed = true
      }
    },
    whom: () => (failed ? 'unknown' : whom),
    clean: (text) => hider.hide(pathless(text)),
  }
}
