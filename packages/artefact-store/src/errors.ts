// What can go wrong with a store, each with the path or digest concerned and a way on. Plain classes with `_tag`, so that
// the child process needs no Effect and `Effect.catchTag` matches them all the same.

/** The store's folder cannot be used: it is a file, read-only, or not there and not creatable. Nothing has been computed. */
export class StorePathError extends Error {
  readonly _tag = 'StorePathError'
  readonly path: string
  readonly reason: string
  constructor(path: string, reason: string, options?: { readonly cause?: unknown }) {
    super(`The store at ${path} cannot be used: ${reason}. Choose another folder with --store.`, options)
    this.name = 'StorePathError'
    this.path = path
    this.reason = reason
  }
}

/** No space left. What was committed before stays readable. */
export class StoreFullError extends Error {
  readonly _tag = 'StoreFullError'
  readonly path: string
  constructor(path: string, options?: { readonly cause?: unknown }) {
    super(
      `No space left while writing ${path}. Everything committed so far is kept: free some space, or move the store with --store, and run again.`,
      options,
    )
    this.name = 'StoreFullError'
    this.path = path
  }
}

/** The disk answered an error while the store was read or written. */
export class StoreIoError extends Error {
  readonly _tag = 'StoreIoError'
  readonly path: string
  constructor(path: string, detail: string, options?: { readonly cause?: unknown }) {
    super(`The store could not read or write ${path}: ${detail}.`, options)
    this.name = 'StoreIoError'
    this.path = path
  }
}

/** A blob that a manifest lists is not in the store. The stage that made it is computed again on the next run. */
export class BlobMissingError extends Error {
  readonly _tag = 'BlobMissingError'
  readonly digest: string
  constructor(digest: string, where: string) {
    super(`Blob ${digest} is missing in ${where}. Run the pipeline again: its stage will be computed anew.`)
    this.name = 'BlobMissingError'
    this.digest = digest
  }
}

/** A blob's bytes do not have its digest. It is never handed out; the stage that made it is computed again. */
export class BlobDamagedError extends Error {
  readonly _tag = 'BlobDamagedError'
  readonly digest: string
  constructor(digest: string, where: string) {
    super(`Blob ${digest} in ${where} is damaged. Run the pipeline again: its stage will be computed anew.`)
    this.name = 'BlobDamagedError'
    this.digest = digest
  }
}

/** A value does not fit its kind: a missing column, a pixel outside [0, 1], film ids out of order. */
export class ArtefactValueError extends Error {
  readonly _tag = 'ArtefactValueError'
  readonly kind: string
  constructor(kind: string, detail: string) {
    super(`This value is no ${kind}: ${detail}.`)
    this.name = 'ArtefactValueError'
    this.kind = kind
  }
}

/** A film id that a collection does not hold. */
export class UnknownFilmError extends Error {
  readonly _tag = 'UnknownFilmError'
  readonly film: string
  constructor(film: string, size: number) {
    super(`There is no film '${film}' among these ${size} films.`)
    this.name = 'UnknownFilmError'
    this.film = film
  }
}

export type StoreError = StorePathError | StoreFullError | StoreIoError | BlobMissingError | BlobDamagedError
