// Puts the tensor runtime in place: libtensorflow in the user's cache, tfjs-node's add-on compiled against it, links in
// node_modules. Used by the `provision` target before every test and pipeline, and by `loadRuntime` when asked to.
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { addonIn, buildAddon, NODE_API, probeAddon, RECIPE } from './buildAddon.ts'
import { cacheFolder } from './cacheFolder.ts'
import type { Library } from './libraryFolder.ts'
import { fetchLibrary, libraryInUserFolder, readWheelFolder, wheelFolder } from './libraryFolder.ts'
import { placeAtomically, removeLeftovers } from './placeAtomically.ts'
import type { MissingPart } from './ProvisionError.ts'
import { ProvisionError } from './ProvisionError.ts'
import { runCommand } from './runCommand.ts'
import type { RuntimeStamp } from './runtimeStamp.ts'
import { ADDON_FILE, readStamp, sizesOf, stampHolds, writeStamp } from './runtimeStamp.ts'
import { TENSORFLOW_VERSION, wheels } from './wheels.ts'
import { withFileLock } from './withFileLock.ts'

/** The runtime that is in place. */
export type ProvisionedRuntime = RuntimeStamp & {
  /** False when everything was there already. */
  readonly changed: boolean
}

export type ProvisionOptions = {
  /** @default $XDG_CACHE_HOME/radiograft or ~/.cache/radiograft */
  readonly cache?: string
  /** The folder of `@tensorflow/tfjs-node`. @default the one this package resolves */
  readonly tfjsNode?: string
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Gets one line when something had to be done, and the bytes of a download under way. @default silent */
  readonly onProgress?: (line: string, bytes?: number) => void
}

const require = createRequire(import.meta.url)

/** The folder of an installed package, or `undefined`. */
const packageFolder = (name: string): string | undefined => {
  try {
    return dirname(require.resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}

/** The folder of `@tensorflow/tfjs-node`, an optional peer. */
export const tfjsNodeFolder = (): string => {
  const found = packageFolder('@tensorflow/tfjs-node')
  if (found) return found
  const remedy = 'npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0 node-api-headers'
  throw new ProvisionError([{ part: '@tensorflow/tfjs-node', remedy }])
}

const versionIn = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version

/** The first of `names` that runs with `args`. */
const firstThatRuns = async (
  names: ReadonlyArray<string>,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> => {
  for (const name of names) if ((await runCommand(name, args, { env })).status === 0) return name
  return undefined
}

/** The folder of `node_api.h`: the package made for it, or the headers that came with this Node. */
const findNodeHeaders = (): string | undefined => {
  const fromPackage = packageFolder('node-api-headers')
  return [
    ...(fromPackage ? [join(fromPackage, 'include')] : []),
    join(dirname(process.execPath), '../include/node'),
  ].find((folder) => existsSync(join(folder, 'node_api.h')))
}

/** What the machine must have, looked for before anything is downloaded, and everything missing told at once. */
const findTools = async (needWheel: boolean, env: Readonly<Record<string, string | undefined>>) => {
  const python = needWheel
    ? await firstThatRuns(['python3', 'python'], ['-c', 'import sys; assert sys.version_info[0] == 3'], env)
    : ''
  const pip = needWheel && python ? await firstThatRuns([python], ['-m', 'pip', '--version'], env) : ''
  const compiler = await firstThatRuns(
    [...(env['CXX'] ? [env['CXX']] : []), 'c++', 'g++', 'clang++'],
    ['--version'],
    env,
  )
  const nodeHeaders = findNodeHeaders()
  const missing: Array<MissingPart> = []
  if (python === undefined)
    missing.push({
      part: 'python3',
      remedy:
        'install Python 3 (Debian, Ubuntu: apt install python3 python3-pip); any version, it only fetches and unpacks',
    })
  if (pip === undefined)
    missing.push({ part: 'pip', remedy: 'install pip for python3 (Debian, Ubuntu: apt install python3-pip)' })
  if (compiler === undefined)
    missing.push({
      part: 'c++ compiler',
      remedy: 'install g++ (Debian, Ubuntu: apt install g++) or clang (macOS: xcode-select --install), or set CXX',
    })
  if (nodeHeaders === undefined) missing.push({ part: 'node-api-headers', remedy: 'npm install node-api-headers' })
  if (missing.length > 0 || compiler === undefined || nodeHeaders === undefined) throw new ProvisionError(missing)
  return { python: python ?? '', compiler, nodeHeaders }
}

/** Replaces `path` by a link to `target`, without a moment in which neither is there. */
const relink = (target: string, path: string) => placeAtomically(path, (temporary) => symlink(target, temporary))

const link = async (tfjsNode: string, addon: string, library: Library): Promise<void> => {
  await mkdir(join(tfjsNode, 'deps/lib'), { recursive: true })
  for (const path of [library.library, library.framework])
    await relink(path, join(tfjsNode, 'deps/lib', basename(path)))
  await relink(addon, join(tfjsNode, ADDON_FILE))
}

/** True for a file that some install script put there, false for a link of ours. */
const isForeign = (path: string): boolean => {
  try {
    return lstatSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * Makes sure that `@tensorflow/tfjs-node` can be imported, and says what it runs on.
 * In this order: what is linked already; an add-on that another installer built and that loads;
 * `RADIOGRAFT_LIBTENSORFLOW=<folder>`; the pinned wheel (checked by sha256) from the Python package index.
 * Processes and checkouts that share the cache wait for one another; an interrupted run leaves nothing half made.
 * @throws ProvisionError naming everything that is missing and what to install.
 */
export const provision = async (options: ProvisionOptions = {}): Promise<ProvisionedRuntime> => {
  const env = options.env ?? process.env
  const tfjsNode = options.tfjsNode ?? tfjsNodeFolder()
  const userFolder = env['RADIOGRAFT_LIBTENSORFLOW'] || undefined
  const platform = `${process.platform}-${process.arch}`
  const tfjsNodeVersion = versionIn(tfjsNode)
  const wheel = wheels[platform]
  const userLibrary = userFolder === undefined ? undefined : libraryInUserFolder(userFolder)

  const current = (): RuntimeStamp | undefined => {
    const stamp = readStamp(tfjsNode)
    if (!stamp || stamp.tfjsNode !== tfjsNodeVersion || stamp.platform !== platform || stamp.nodeApi !== NODE_API)
      return undefined
    if (stamp.source !== 'existing' && stamp.recipe !== RECIPE) return undefined
    if (stamp.source === 'wheel' && stamp.tensorflow !== TENSORFLOW_VERSION) return undefined
    if (stamp.source !== 'existing' && userLibrary && stamp.identity !== userLibrary.identity) return undefined
    return stampHolds(tfjsNode, stamp) ? stamp : undefined
  }
  const ready = current()
  if (ready) return { ...ready, changed: false }

  const stampAs = async (
    stamp: Omit<RuntimeStamp, 'tfjsNode' | 'nodeApi' | 'platform'>,
  ): Promise<ProvisionedRuntime> => {
    const full = { ...stamp, tfjsNode: tfjsNodeVersion, nodeApi: NODE_API, platform }
    await writeStamp(tfjsNode, full)
    return { ...full, changed: true }
  }
  const present = join(tfjsNode, ADDON_FILE)
  if (isForeign(present)) {
    const { version } = await probeAddon(present)
    if (version !== undefined)
      return stampAs({ source: 'existing', tensorflow: version, identity: '', recipe: '', files: sizesOf([present]) })
  }

  const cache = options.cache ?? cacheFolder(env)
  return withFileLock(
    join(cache, 'provision.lock'),
    async () => {
      const meanwhile = current()
      if (meanwhile) return { ...meanwhile, changed: false }
      await removeLeftovers(cache)
      const kept = wheel && readWheelFolder(wheelFolder(cache, platform, wheel), wheel)
      if (!userLibrary && !wheel) {
        const remedy = `no TensorFlow ${TENSORFLOW_VERSION} wheel is known for ${platform} (known: ${Object.keys(wheels).join(', ')}); build libtensorflow and set RADIOGRAFT_LIBTENSORFLOW`
        throw new ProvisionError([{ part: `platform ${platform}`, remedy }])
      }
      const addonFolder = (library: Library) => {
        const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) =>
          readFileSync(join(tfjsNode, 'binding', name)),
        )
        const hash = createHash('sha256').update(`${library.identity}\0${tfjsNodeVersion}\0${RECIPE}`)
        for (const source of sources) hash.update(source)
        return join(
          cache,
          `addon-tfjs-node-${tfjsNodeVersion}-napi${NODE_API}-${platform}-${hash.digest('hex').slice(0, 12)}`,
        )
      }
      const have = userLibrary ?? kept
      const built = have && existsSync(addonIn(addonFolder(have)))
      // With library and add-on in the cache, a machine without compiler or Python only needs links.
      const tools = built ? undefined : await findTools(!have, env)
      let library = have
      if (!library && wheel && tools) {
        const line = `fetching TensorFlow ${TENSORFLOW_VERSION} (${wheel.megabytes} MB, once per machine)`
        options.onProgress?.(line)
        library = await fetchLibrary(wheelFolder(cache, platform, wheel), wheel, {
          python: tools.python,
          env,
          onProgress: (bytes) => options.onProgress?.(line, bytes),
        })
      }
      if (!library) throw new ProvisionError([{ part: 'libtensorflow', remedy: 'no source for it' }])
      const folder = addonFolder(library)
      if (tools) {
        options.onProgress?.('building the TensorFlow add-on for Node (about 10 s, once per machine)')
        await buildAddon(folder, library, { ...tools, tfjsNode, env })
      }
      await link(tfjsNode, addonIn(folder), library)
      const { version, error } = await probeAddon(present)
      if (version === undefined)
        throw new ProvisionError([{ part: 'add-on', remedy: `${present} does not load: ${error}` }])
      return stampAs({
        source: userLibrary ? 'folder' : 'wheel',
        tensorflow: version,
        identity: library.identity,
        recipe: RECIPE,
        files: sizesOf([present, library.library, library.framework]),
      })
    },
    { onWait: () => options.onProgress?.('waiting for another process that sets up the tensor runtime') },
  )
}
