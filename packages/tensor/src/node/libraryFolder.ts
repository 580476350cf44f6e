// The C library of TensorFlow as `provision` keeps it: two shared objects and the headers that tfjs-node's
// binding includes, in one folder with a stamp. Filled from the pinned wheel, or found in a folder of the user's.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setInterval, clearInterval } from 'node:timers'
import { placeAtomically } from './placeAtomically.ts'
import { ProvisionError } from './ProvisionError.ts'
import { runCommand } from './runCommand.ts'
import type { Wheel } from './wheels.ts'
import { TENSORFLOW_VERSION } from './wheels.ts'

/** A usable libtensorflow. */
export type Library = {
  /** Absolute paths of the two shared objects and of the folder that holds `tensorflow/c/c_api.h`. */
  readonly library: string
  readonly framework: string
  readonly include: string
  /** What tells this library from another: version and hash for the wheel, path, size and time for a folder. */
  readonly identity: string
}

const SIZES = 'stamp.json'

/** Header folders that the binding needs (14 files are read; whole folders so that another platform's set fits). */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/ctstring', 'tsl/platform/ctstring', 'xla/tsl/c/']

// Run by any Python 3: copies chosen members of the wheel, so 268 MB of other headers are never written.
const UNPACK = `
import os, shutil, sys, zipfile
wheel, target, libraries, headers = sys.argv[1], sys.argv[2], sys.argv[3].split(','), sys.argv[4].split(',')
with zipfile.ZipFile(wheel) as z:
    for info in z.infolist():
        name = info.filename
        if not name.startswith('tensorflow/'): continue
        name = name[len('tensorflow/'):]
        inner = name[len('include/'):] if name.startswith('include/') else None
        if name in libraries: out = 'lib/' + name
        elif inner and inner.endswith('.h') and any(inner.startswith(h) for h in headers): out = 'include/' + inner
        else: continue
        path = os.path.join(target, out)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with z.open(info) as source, open(path, 'wb') as sink: shutil.copyfileobj(source, sink, 1 << 20)
`

/** The folder that the wheel fills. */
export const wheelFolder = (cache: string, key: string, wheel: Wheel): string =>
  join(cache, `libtensorflow-${TENSORFLOW_VERSION}-${key}-${wheel.sha256.slice(0, 12)}`)

const libraryIn = (folder: string, wheel: Wheel): Library => ({
  library: join(folder, 'lib', wheel.library),
  framework: join(folder, 'lib', wheel.framework),
  include: join(folder, 'include'),
  identity: `tensorflow ${TENSORFLOW_VERSION} sha256:${wheel.sha256}`,
})

/** The library in `folder` when it is complete: the stamp is there and every size is the stamped one. */
export const readWheelFolder = (folder: string, wheel: Wheel): Library | undefined => {
  try {
    const stamp = JSON.parse(readFileSync(join(folder, SIZES), 'utf8')) as Record<string, number>
    const found = libraryIn(folder, wheel)
    const whole = [found.library, found.framework, join(found.include, 'tensorflow/c/c_api.h')].every(
      (path) => statSync(path).size === stamp[path.slice(folder.length + 1)],
    )
    return whole ? found : undefined
  } catch {
    return undefined
  }
}

const sizeOf = async (folder: string): Promise<number> => {
  let total = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
  }
  return total
}

/**
 * Downloads the wheel with pip (which checks its sha256), unpacks what is needed and throws the wheel away.
 * @param options.python a Python 3 with pip; its version does not matter.
 * @param options.onProgress bytes so far, twice a second.
 */
export const fetchLibrary = async (
  folder: string,
  wheel: Wheel,
  options: {
    readonly python: string
    readonly env: NodeJS.ProcessEnv
    readonly onProgress: (bytes: number) => void
  },
): Promise<Library> => {
  // A folder that is there but not whole is moved away first, or the rename below could not replace it.
  if (existsSync(folder)) {
    const aside = `${folder}.broken-${process.pid}`
    await rename(folder, aside)
    await rm(aside, { recursive: true, force: true })
  }
  await placeAtomically(folder, async (temporary) => {
    const download = join(temporary, 'download')
    await mkdir(download, { recursive: true })
    const requirements = join(download, 'requirements.txt')
    await writeFile(requirements, `${wheel.project}==${TENSORFLOW_VERSION} --hash=sha256:${wheel.sha256}\n`)
    const ticking = setInterval(() => void sizeOf(download).then(options.onProgress), 500)
    const pip = await runCommand(
      options.python,
      // prettier-ignore
      ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:',
       '--platform', wheel.platform, '--python-version', wheel.python, '--implementation', 'cp',
       '--require-hashes', '-r', requirements, '-d', download],
      { env: { ...options.env, TMPDIR: download, PIP_REQUIRE_VIRTUALENV: '0' } },
    ).finally(() => clearInterval(ticking))
    const file = (await readdir(download)).find((name) => name.endsWith('.whl'))
    if (pip.status !== 0 || file === undefined) {
      const said = pip.stderr.trim().split('\n').slice(-3).join(' | ')
      const remedy = `pip could not fetch ${wheel.project} ${TENSORFLOW_VERSION} for ${wheel.platform} (${said || 'no output'}); check the connection to the Python package index, a proxy or a mirror`
      throw new ProvisionError([{ part: 'wheel', remedy }])
    }
    const libraries = `${wheel.library},${wheel.framework}`
    const unpack = await runCommand(
      options.python,
      ['-c', UNPACK, join(download, file), temporary, libraries, HEADERS.join(',')],
      { env: options.env },
    )
    if (unpack.status !== 0) {
      const remedy = `the wheel could not be unpacked into ${temporary} (${unpack.stderr.trim().split('\n').at(-1)}); is the disk full? 1.2 GB are needed`
      throw new ProvisionError([{ part: 'disk space', remedy }])
    }
    await rm(download, { recursive: true })
    const made = libraryIn(temporary, wheel)
    const paths = [made.library, made.framework, join(made.include, 'tensorflow/c/c_api.h')]
    const sizes = paths.map((path) => [path.slice(temporary.length + 1), statSync(path).size] as const)
    await writeFile(join(temporary, SIZES), JSON.stringify(Object.fromEntries(sizes)))
  })
  const placed = readWheelFolder(folder, wheel)
  if (placed) return placed
  throw new ProvisionError([{ part: 'wheel', remedy: `${folder} is incomplete; delete it and try again` }])
}

/** Names of the main and the framework library, most specific first, as wheels and C-API archives ship them. */
const MAIN = [
  'libtensorflow_cc.so.2',
  'libtensorflow.so.2',
  'libtensorflow.so',
  'libtensorflow_cc.2.dylib',
  'libtensorflow.2.dylib',
  'libtensorflow.dylib',
]
const FRAMEWORK = [
  'libtensorflow_framework.so.2',
  'libtensorflow_framework.so',
  'libtensorflow_framework.2.dylib',
  'libtensorflow_framework.dylib',
]

/**
 * The library in a folder that the user names in RADIOGRAFT_LIBTENSORFLOW: an unpacked libtensorflow archive
 * (`lib/`, `include/`) or the `tensorflow/` folder of an installed Python package.
 */
export const libraryInUserFolder = (folder: string): Library => {
  const find = (names: ReadonlyArray<string>) =>
    names.flatMap((name) => [join(folder, name), join(folder, 'lib', name)]).find((path) => existsSync(path))
  const library = find(MAIN)
  const framework = find(FRAMEWORK)
  const include = join(folder, 'include')
  const missing = [
    ...(library
      ? []
      : [{ part: MAIN[0] as string, remedy: `not in RADIOGRAFT_LIBTENSORFLOW (${folder}) or its lib/` }]),
    ...(framework ? [] : [{ part: FRAMEWORK[0] as string, remedy: `not in ${folder} or its lib/` }]),
    ...(existsSync(join(include, 'tensorflow/c/c_api.h'))
      ? []
      : [{ part: 'headers', remedy: `${include} lacks tensorflow/c/c_api.h` }]),
  ]
  if (!library || !framework || missing.length > 0) throw new ProvisionError(missing)
  const real = realpathSync(library)
  const { size, mtimeMs } = statSync(real)
  const identity = `folder ${createHash('sha256').update(`${real}\0${size}\0${mtimeMs}`).digest('hex')}`
  return { library: real, framework: realpathSync(framework), include, identity }
}
