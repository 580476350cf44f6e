// Writes that are whole or absent: a temporary name beside the target, fsync, then rename (or an exclusive link).
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { storeErrorOf } from './storeErrorOf.ts'

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const writeTemporary = async (path: string, bytes: Uint8Array | string): Promise<string> => {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  const handle = await open(temporary, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (cause) {
    await handle.close()
    await rm(temporary, { force: true })
    throw cause
  }
  await handle.close()
  return temporary
}

/** Writes or replaces a file. Throws `StoreFullError`, `StorePathError`, `StoreIoError`, naming the path. */
export const writeDurably = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  try {
    const temporary = await writeTemporary(path, bytes)
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    throw storeErrorOf(cause, path)
  }
}

/** Writes a file unless there is one; false when another writer was first. */
export const createDurably = async (path: string, bytes: Uint8Array | string): Promise<boolean> => {
  try {
    const temporary = await writeTemporary(path, bytes)
    try {
      await link(temporary, path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw cause
    } finally {
      await rm(temporary, { force: true })
    }
    await syncFolder(dirname(path))
    return true
  } catch (cause) {
    throw storeErrorOf(cause, path)
  }
}
