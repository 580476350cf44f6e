// Checkpoints in a folder: `<folder>/<attempt>/<step>/` with tensors.safetensors and state.json. Several processes may use one
// folder, each as an attempt of its own: what one wrote the others go on from. The runner keeps one folder for each key.
import { randomBytes } from 'node:crypto'
import { rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkpoint, Checkpoints, Json } from './Checkpoints.ts'
import { CheckpointValueError, folderErrorOf } from './errors.ts'
import { isLeftover, temporaryName } from './leftovers.ts'
import { listCheckpoints, namesIn, stepsOf } from './listCheckpoints.ts'
import type { Listed } from './listCheckpoints.ts'
import { makeFolder } from './makeFolder.ts'
import { readCheckpoint } from './readCheckpoint.ts'
import { stateText } from './stateFile.ts'
import { tensorPieces } from './tensorsFile.ts'
import { writeCheckpoint } from './writeCheckpoint.ts'

export type FolderOptions = {
  /** Name of the subfolder that is written to; one process at a time. @default one that nobody else has */
  readonly attempt?: string
  /** Written beside each, such as machine and threads: for people, never read back. @default null */
  readonly about?: Json
  /** Whether the caller can go on from this state; `latest` passes over those that it refuses. @default all */
  readonly accepts?: (state: Json) => boolean
  /** Told of each that `latest` passes over. @default nobody is */
  readonly onDamaged?: (path: string, reason: string) => void
}

export interface FolderCheckpoints extends Checkpoints {
  readonly folder: string
}

/** How many of its own an attempt keeps. */
const kept = 2
/** Tries, when another process removes the folder meanwhile. */
const tries = 5

const isCode = (cause: unknown, ...codes: ReadonlyArray<string>): boolean =>
  codes.includes((cause as NodeJS.ErrnoException).code ?? '')

/** The step as a name that none of these has: with zeros before it, because a full folder cannot be replaced at once. */
const freeName = (step: number, own: ReadonlyArray<Listed>): string => {
  const lengths = own.filter((one) => one.step === step).map(({ name }) => name.length)
  return lengths.length === 0 ? String(step) : String(step).padStart(Math.max(...lengths) + 1, '0')
}

/**
 * Checkpoints under `folder`, which is made when the first is saved. A checkpoint is there whole or not at all, whenever the
 * process is killed.
 * @throws CheckpointFolderError, from each function, when the folder cannot be written, read or removed
 * @throws CheckpointValueError from `save`, for a state that JSON would not give back or an array that does not fill its shape
 */
export const folderCheckpoints = (folder: string, options: FolderOptions = {}): FolderCheckpoints => {
  const attempt = options.attempt ?? `${Date.now().toString(36)}-${process.pid}-${randomBytes(3).toString('hex')}`
  if (!/^[\w-][\w.-]{0,99}$/.test(attempt))
    throw new CheckpointValueError('attempt', `is ${JSON.stringify(attempt)}, expected letters, digits, - and _`)
  const own = join(folder, attempt)
  /** of this attempt, found damaged: they go with the next that is saved */
  const damaged = new Set<string>()

  const list = (): ReadonlyArray<Listed> => listCheckpoints(folder, options.onDamaged)

  const latest = async (): Promise<Checkpoint | undefined> => {
    for (let left = tries; left > 0; left--) {
      let gone = false
      for (const { step, attempt: by, name } of list()) {
        const path = join(folder, by, name)
        const found = await readCheckpoint(path, step)
        if (found._tag === 'whole') {
          if (options.accepts?.(found.checkpoint.state) ?? true) return found.checkpoint
          options.onDamaged?.(path, 'it was written by another version')
          continue
        }
        // another process removed it, maybe because it has written newer ones
        gone ||= found._tag === 'gone'
        if (found._tag === 'gone') break
        if (by === attempt) damaged.add(name)
        options.onDamaged?.(path, found.reason)
      }
      if (!gone) return undefined
    }
    return undefined
  }

  /** What is no longer needed. */
  const prune = async (): Promise<void> => {
    const remove = (...path: ReadonlyArray<string>): Promise<void> =>
      rm(join(folder, ...path), { recursive: true, force: true }).catch(() => {})
    const all = list()
    const mine = all.filter((one) => one.attempt === attempt && !damaged.has(one.name))
    const stay = mine.filter(({ step }, i) => mine[i - 1]?.step !== step).slice(0, kept)
    // those of other attempts once nobody would go on from them
    const oldest = stay.length === kept ? stay.at(-1)!.step : 0
    for (const one of all)
      if (one.attempt === attempt ? !stay.includes(one) : one.step < oldest) await remove(one.attempt, one.name)
    for (const by of namesIn(folder)) {
      const names = namesIn(join(folder, by))
      for (const name of names) if (await isLeftover(join(folder, by, name), name)) await remove(by, name)
      if (by !== attempt) await rmdir(join(folder, by)).catch(() => {}) // only when it is empty
    }
    damaged.clear()
  }

  const save = async ({ step, tensors, state }: Checkpoint): Promise<void> => {
    if (!(Number.isSafeInteger(step) && step >= 1))
      throw new CheckpointValueError('step', `is ${step}, expected a whole number from 1`)
    const written = { pieces: tensorPieces(tensors), stateText: stateText(step, options.about ?? null, state) }
    for (let left = tries; ; left--)
      try {
        makeFolder(own)
        const name = freeName(step, stepsOf(attempt, namesIn(own)))
        await writeCheckpoint(own, temporaryName(step), name, written)
        break
      } catch (cause) {
        // removed by another process at this moment
        if (left <= 1 || !isCode(cause, 'ENOENT')) throw cause
      }
    await prune().catch(() => {}) // what is left over is no harm
  }

  /** Tried again while another process writes into it. */
  const clear = async (): Promise<void> => {
    for (let left = tries; left > 0; left--)
      try {
        return await rm(folder, { recursive: true, force: true })
      } catch (cause) {
        // another process writes at this moment; what it writes after the last try is its own
        if (!isCode(cause, 'ENOTEMPTY', 'EEXIST')) throw cause
      }
  }

  /** One after another; errors of node:fs become those of this package. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <A>(act: () => Promise<A>): Promise<A> => {
    const next = last.then(act).catch((cause: unknown) => {
      throw folderErrorOf(cause, folder)
    })
    last = next.catch(() => {})
    return next
  }
  return {
    folder,
    latest: () => inTurn(latest),
    save: (checkpoint) => inTurn(() => save(checkpoint)),
    clear: () => inTurn(clear),
  }
}
