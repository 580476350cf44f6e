// The folder check before anything is planned: the domain package's own, called through its commands. A check that went
// well is remembered in the store by the folder's listing, so that a second run reads no film again.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { AnyRef, Dataset, ResolvedPipeline } from '@radiograft/pipeline'
import { UsageError } from '../UsageError.ts'
import type { DataCommands, DatasetFacts } from './dataCommands.ts'

/** Bumped when the check looks for more, so that folders are checked again. */
const checkVersion = 4

const cannotRead = (root: string, cause: unknown): UsageError => {
  const { code, path } = cause as NodeJS.ErrnoException
  return new UsageError(`--data ${root}: ${path ?? 'a part of it'} cannot be read (${code}).`, { cause })
}

/** Where a link leads that leads nowhere: nothing is there, a file is taken for a folder, it leads to itself. */
const nowhere: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

/** Of a file, between them a zero; `absent` for a link to nothing, which the check reports by its film's name. */
const lengthAndTime = async (file: string): Promise<string> => {
  try {
    const { size, mtimeMs } = await stat(file)
    return `${size}\0${mtimeMs}`
  } catch (cause) {
    if (nowhere.has((cause as NodeJS.ErrnoException).code)) return 'absent'
    throw cause
  }
}

/** sha256 over what is asked and (path, length, time) of every file below `root`. Hidden files do not count. */
const listingDigest = async (root: string, asked: string): Promise<string> => {
  const hash = createHash('sha256').update(`check ${checkVersion}\0${asked}\0`)
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter(
        (file) =>
          !relative(root, file)
            .split('/')
            .some((part) => part.startsWith('.')),
      )
      .toSorted()
    for (const file of files) hash.update(`${relative(root, file)}\0${await lengthAndTime(file)}\n`)
  } catch (cause) {
    throw cannotRead(root, cause)
  }
  return hash.digest('hex')
}

interface Memory {
  readonly digest: string
  readonly facts: DatasetFacts | null
}

const remembered = (file: string): Memory | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory
  } catch {
    return undefined
  }
}

const remember = (file: string, memory: Memory): void => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}.tmp`, JSON.stringify(memory))
    renameSync(`${file}.${process.pid}.tmp`, file)
  } catch {
    // only a memory; whether the store can be used is found out, and said, when the run is planned
  }
}

/** What would say who the patients are, by layout. */
const patientFiles: Readonly<Record<string, string>> = { rsna: ' (no rsna_to_nih.csv)', classes: ' (no groups.csv)' }

/** Such as `rsna /films: 151 films, 33 positive, 49 boxes, 120 patients`. */
const factLines = ({ layout, root }: Dataset, facts: DatasetFacts): ReadonlyArray<string> => {
  const { films, positives, boxes, patients, left } = facts
  const who = patients === undefined ? '' : `, ${patients} patients`
  return [
    `${layout} ${root}: ${films} films, ${positives} positive, ${boxes} boxes${who}`,
    ...(left.length > 0 ? [`  Left out: ${left.join(', ')}.`] : []),
    ...(patients === undefined
      ? [
          `  Which films are of one patient is not known${patientFiles[layout] ?? ''}: splits are by film and may leak (G29).`,
        ]
      : []),
  ]
}

/**
 * Checks every folder. Rejects with the domain package's error, which names the files. `say` gets what there is in each.
 * @param nodes of the pipeline, whose readers say what they look for
 * @returns the films of each dataset that is a folder
 */
export const checkDatasets = async (
  datasets: Readonly<Record<string, Dataset>>,
  nodes: ResolvedPipeline['nodes'],
  store: string,
  check: DataCommands['checkDataset'],
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> => {
  const films: Record<string, number> = {}
  const readersOf = (name: string): ReadonlyArray<unknown> =>
    nodes
      .filter(({ inputs }) => (inputs['dataset'] as AnyRef | undefined)?.node.dataset?.name === name)
      .map(({ params }) => params)
  for (const [name, dataset] of Object.entries(datasets)) {
    const { layout, root } = dataset
    if (layout === 'phantom') continue
    const { root: _, ...choices } = dataset
    const digest = await listingDigest(root, JSON.stringify([name, choices, readersOf(name)]))
    // two datasets may be one folder, each with readers that look for something else
    const place = createHash('sha256').update(`${name}\0${root}`).digest('hex').slice(0, 32)
    const file = join(store, 'memory', `checked-${place}`)
    const known = remembered(file)
    const facts = known?.digest === digest ? known.facts : ((await check(dataset, nodes)) ?? null)
    if (known?.digest !== digest) remember(file, { digest, facts })
    if (!facts) continue
    films[name] = facts.films
    for (const line of factLines(dataset, facts)) say(line)
  }
  return films
}
