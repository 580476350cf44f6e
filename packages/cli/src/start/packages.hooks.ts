// Runs in the loader's thread: an import that resolves to the entry of a bundled package gets the bundle instead.
// Registered by `useBundledPackages`.
import type { InitializeHook, ResolveHook } from 'node:module'

let bundles: Readonly<Record<string, string>> = {}

/** URL of a package's entry → URL of its bundle. */
export const initialize: InitializeHook<Readonly<Record<string, string>>> = (given) => {
  bundles = given
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, context)
  const url = bundles[found.url]
  return url === undefined ? found : { ...found, url, format: 'module' }
}
