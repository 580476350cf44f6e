// Blobs in a folder: `blobs/ab/cdef…`. Writes are whole or absent; reads are checked against the digest.
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs, OpenBlob } from './Blobs.ts'
import { BlobDamagedError, BlobMissingError } from './errors.ts'
import { sha256 } from './sha256.ts'
import { storeErrorOf } from './storeErrorOf.ts'
import { writeDurably } from './writeDurably.ts'

/** Descriptors kept open for positioned reads. */
const maxOpen = 64
const hashedAtOnce = 4 << 20

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT'

export const fileBlobs = (root: string): Blobs => {
  const pathOf = (digest: string): string => join(root, 'blobs', digest.slice(0, 2), digest.slice(2))
  /** digest → inode, length and time of the file whose content was checked */
  const verified = new Map<string, string>()
  const descriptors = new Map<string, number>()

  const close = (digest: string): void => {
    const fd = descriptors.get(digest)
    if (fd !== undefined) closeSync(fd)
    descriptors.delete(digest)
  }
  /** An open descriptor, the most recently used last. */
  const descriptor = (digest: string): number => {
    const before = descriptors.get(digest)
    if (before !== undefined) {
      descriptors.delete(digest)
      descriptors.set(digest, before)
      return before
    }
    if (descriptors.size >= maxOpen) close(descriptors.keys().next().value!)
    try {
      const fd = openSync(pathOf(digest), 'r')
      descriptors.set(digest, fd)
      return fd
    } catch (cause) {
      throw isMissing(cause) ? new BlobMissingError(digest, root) : storeErrorOf(cause, pathOf(digest))
    }
  }
  const stamp = (fd: number): { readonly mark: string; readonly bytes: number } => {
    const s = fstatSync(fd)
    return { mark: `${s.ino}:${s.size}:${s.mtimeMs}`, bytes: s.size }
  }
  const digestOf = (fd: number): string => {
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(hashedAtOnce)
    for (let at = 0; ;) {
      const n = readSync(fd, buffer, 0, buffer.length, at)
      if (n === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, n))
      at += n
    }
  }

  return {
    location: root,
    put: async (bytes) => {
      const digest = sha256(bytes)
      const before = await readFile(pathOf(digest)).catch(() => undefined)
      // compared, not only found: a damaged blob is replaced by whoever computes it again
      if (before === undefined || !before.equals(bytes)) {
        close(digest)
        await writeDurably(pathOf(digest), bytes)
      }
      return digest
    },
    read: async (digest) => {
      const bytes = await readFile(pathOf(digest)).catch((cause: unknown) => {
        throw isMissing(cause) ? new BlobMissingError(digest, root) : storeErrorOf(cause, pathOf(digest))
      })
      if (sha256(bytes) !== digest) throw new BlobDamagedError(digest, root)
      return bytes
    },
    open: (digest): OpenBlob => {
      const fd = descriptor(digest)
      const { mark, bytes } = stamp(fd)
      if (verified.get(digest) !== mark) {
        if (digestOf(fd) !== digest) throw new BlobDamagedError(digest, root)
        verified.set(digest, mark)
      }
      return {
        bytes,
        read: (offset, length) => {
          const buffer = new Uint8Array(length)
          const open = descriptor(digest)
          for (let got = 0; got < length;) {
            const n = readSync(open, buffer, got, length - got, offset + got)
            if (n === 0) throw new BlobDamagedError(digest, root)
            got += n
          }
          return buffer
        },
      }
    },
    peek: (digest, offset, length) => {
      const buffer = new Uint8Array(length)
      return buffer.subarray(0, readSync(descriptor(digest), buffer, 0, length, offset))
    },
    size: async (digest) =>
      stat(pathOf(digest)).then(
        (s) => s.size,
        (cause: unknown) => {
          if (isMissing(cause)) return undefined
          throw storeErrorOf(cause, pathOf(digest))
        },
      ),
    verify: async (digest) => {
      close(digest)
      verified.delete(digest)
      try {
        const fd = descriptor(digest)
        if (digestOf(fd) !== digest) return 'damaged'
        verified.set(digest, stamp(fd).mark)
        return undefined
      } catch (cause) {
        if (cause instanceof BlobMissingError) return 'missing'
        // an unreadable block counts as damage: the stage is computed again and the blob replaced
        if ((cause as NodeJS.ErrnoException).code === 'EIO') return 'damaged'
        throw storeErrorOf(cause, pathOf(digest))
      }
    },
    remove: async (digest) => {
      close(digest)
      verified.delete(digest)
      await rm(pathOf(digest), { force: true })
    },
    close: () => {
      for (const digest of descriptors.keys()) close(digest)
    },
  }
}
