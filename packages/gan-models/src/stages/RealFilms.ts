import type { ReadSigned } from './signedFilms.ts'

/** Real films that a progressive GAN is fitted to: their ids, and how they are read at a resolution. */
export interface RealFilms {
  readonly ids: ReadonlyArray<string>
  /** films that checks compare generated ones with, never trained on; may be none */
  readonly validation: ReadonlyArray<string>
  readonly read: (resolution: number) => ReadSigned
}
