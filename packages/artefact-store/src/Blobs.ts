// Content-addressed bytes: the plain interface below the `BlobStore` service, used directly by codecs and by the child
// process, which loads no Effect. Two implementations: `fileBlobs`, `memoryBlobs`.

/** A verified blob open for positioned reads. */
export interface OpenBlob {
  readonly bytes: number
  /** `length` bytes from `offset`; may share memory with the store, so never write into it */
  read(offset: number, length: number): Uint8Array
}

/** Digests are sha256 in hex. Errors: `StoreError`. */
export interface Blobs {
  /** where it lies, for messages */
  readonly location: string
  /** Keeps the bytes and answers their digest. A blob that is already there is left as it is. */
  put(bytes: Uint8Array): Promise<string>
  /** All bytes, checked against the digest. */
  read(digest: string): Promise<Uint8Array>
  /** Opens for positioned reads; the digest is verified once a process, before the first use. */
  open(digest: string): OpenBlob
  /**
   * At most `length` bytes from `offset`, unchecked: for a caller that holds them against something else, as a header
   * against its file's length, and would not wait for the whole blob to be read.
   */
  peek(digest: string, offset: number, length: number): Uint8Array
  /** Its length, or undefined when it is not there. No check of the content. */
  size(digest: string): Promise<number | undefined>
  /** Checks the content again, whatever was verified before: undefined when whole. */
  verify(digest: string): Promise<'missing' | 'damaged' | undefined>
  /** Drops a blob. */
  remove(digest: string): Promise<void>
  /** Closes descriptors kept by `open`. */
  close(): void
}
