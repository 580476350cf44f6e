// Blobs in memory, for tests and for values that need no disk.
import type { Blobs } from './Blobs.ts'
import { BlobDamagedError, BlobMissingError } from './errors.ts'
import { sha256 } from './sha256.ts'

/** `held` may be given, so that a test can remove or damage blobs. */
export const memoryBlobs = (held: Map<string, Uint8Array> = new Map()): Blobs => {
  const checked = (digest: string): Uint8Array => {
    const bytes = held.get(digest)
    if (!bytes) throw new BlobMissingError(digest, 'memory')
    if (sha256(bytes) !== digest) throw new BlobDamagedError(digest, 'memory')
    return bytes
  }
  return {
    location: 'memory',
    put: async (bytes) => {
      const digest = sha256(bytes)
      held.set(digest, bytes.slice())
      return digest
    },
    read: async (digest) => checked(digest),
    open: (digest) => {
      const bytes = checked(digest)
      return {
        bytes: bytes.length,
        read: (offset, length) => {
          if (offset + length > bytes.length) throw new BlobDamagedError(digest, 'memory')
          return bytes.slice(offset, offset + length)
        },
      }
    },
    peek: (digest, offset, length) => {
      const bytes = held.get(digest)
      if (!bytes) throw new BlobMissingError(digest, 'memory')
      return bytes.slice(offset, offset + length)
    },
    size: async (digest) => held.get(digest)?.length,
    verify: async (digest) => {
      const bytes = held.get(digest)
      return bytes === undefined ? 'missing' : sha256(bytes) === digest ? undefined : 'damaged'
    },
    remove: async (digest) => void held.delete(digest),
    close: () => {},
  }
}
