// sharp, loaded on first use so that importing the package stays light. Used by readImage and encodeImage.
import type sharp from 'sharp'

let loaded: Promise<typeof sharp> | undefined

/** For the whole process without sharp's cache of recent operations: a run reads each film once. */
export const loadSharp = (): Promise<typeof sharp> => {
  loaded ??= import('sharp').then((module) => {
    module.default.cache(false)
    return module.default
  })
  return loaded
}
