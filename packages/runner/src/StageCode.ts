// The code of a stage as one bundle: its digest, the modules it holds, the npm packages it imports.

export interface StageCode {
  /** sha256 of the bundle */
  readonly digest: string
  /** the file that children import: `<cache>/stages/<digest>.mjs` */
  readonly file: string
  /** path from the workspace's root → sha256 of the source, of every module that the bundle holds */
  readonly modules: Readonly<Record<string, string>>
  /** path → the modules that it imports */
  readonly imports: Readonly<Record<string, ReadonlyArray<string>>>
  /** the entry's path from the workspace's root */
  readonly entry: string
  /** digest of the packages and their closure, with integrity */
  readonly externals: string
  /** name → version of the packages that the bundle imports and of their closure */
  readonly versions: Readonly<Record<string, string>>
}
