// Shortens the start: effect and apache-arrow are 380 modules, each of which costs a question to the loader's thread, and
// half of what a run with nothing to compute would take. As one file each they load in a tenth of the time (README).
import { register } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundlePackage } from './bundlePackage.ts'

/** Only packages that every source file imports by their root, so that no second copy of a module can come in. */
const packages = ['effect', 'apache-arrow'] as const

/** Affects imports that come after it. Where it cannot be done, in a read-only checkout say, imports are as they were. */
export const useBundledPackages = async (): Promise<void> => {
  try {
    const bundles = await Promise.all(
      packages.map(async (name) => {
        const url = import.meta.resolve(name)
        return [url, pathToFileURL(await bundlePackage(fileURLToPath(url))).href] as const
      }),
    )
    register('./packages.hooks.ts', { parentURL: import.meta.url, data: Object.fromEntries(bundles) })
  } catch {
    // slower, and nothing else
  }
}
