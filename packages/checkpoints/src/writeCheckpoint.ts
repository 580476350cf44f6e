// One checkpoint into a folder that appears under its name whole or not at all: a temporary folder, fsync, rename. Used by
// `folderCheckpoints`. Only what waits for the disk is awaited: while a training runs, each wait can last as long as a step.
import { createHash } from 'node:crypto'
import { closeSync, fsync, mkdirSync, openSync, renameSync, rmSync, writev } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Buffers a call: what Linux takes at once. */
const mostBuffers = 1024

const flush = promisify(fsync)
const writeSome = (fd: number, pieces: ReadonlyArray<Uint8Array>): Promise<number> =>
  new Promise((resolve, reject) =>
    writev(fd, pieces.slice(0, mostBuffers), (error, written) => (error ? reject(error) : resolve(written))),
  )

/** A short write is no error for the system; the next one then says why. */
const writeAll = async (fd: number, pieces: ReadonlyArray<Uint8Array>): Promise<void> => {
  let at = 0
  let rest = [...pieces]
  while (at < rest.length) {
    let written = await writeSome(fd, rest.slice(at))
    while (at < rest.length && written >= rest[at]!.length) written -= rest[at++]!.length
    if (written > 0) rest = [...rest.slice(0, at), rest[at]!.subarray(written), ...rest.slice(at + 1)]
  }
}

const writeNew = async (path: string, pieces: ReadonlyArray<Uint8Array>): Promise<void> => {
  const fd = openSync(path, 'wx')
  try {
    await writeAll(fd, pieces)
    await flush(fd)
  } finally {
    closeSync(fd)
  }
}

/** So that the names in it outlive a power failure. */
const flushFolder = async (path: string): Promise<void> => {
  const fd = openSync(path, 'r')
  try {
    await flush(fd)
  } finally {
    closeSync(fd)
  }
}

export type Written = {
  /** of tensors.safetensors */
  readonly pieces: ReadonlyArray<Uint8Array>
  /** of state.json, given what the tensors' file is known by; throws nothing */
  readonly stateText: (tensors: { readonly length: number; readonly sha256: string }) => string
}

/**
 * @param parent an existing folder
 * @param temporary name in it that nothing has
 * @param name under which it is to appear; nothing has it
 * @throws the error of node:fs; nothing is left then
 */
export const writeCheckpoint = async (
  parent: string,
  temporary: string,
  name: string,
  { pieces, stateText }: Written,
): Promise<void> => {
  const path = join(parent, temporary)
  mkdirSync(path)
  try {
    // both at once where there are two cores for it: the digest is made while the system writes
    const writing = writeNew(join(path, 'tensors.safetensors'), pieces)
    const hash = createHash('sha256')
    for (const piece of pieces) hash.update(piece)
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const text = stateText({ length, sha256: hash.digest('hex') })
    // both are over before anything is removed
    const ends = await Promise.allSettled([writing, writeNew(join(path, 'state.json'), [Buffer.from(text)])])
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    await flushFolder(path)
    renameSync(path, join(parent, name))
  } catch (cause) {
    rmSync(path, { recursive: true, force: true })
    throw cause
  }
  await flushFolder(parent)
}
