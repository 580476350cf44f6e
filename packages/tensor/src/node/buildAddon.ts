// Compiles tfjs-node's own C++ sources against a libtensorflow: three compiler calls side by side, about 15 s. Used by `provision`.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BINDING_FILES, BINDING_PATCH, patchedSource } from './bindingSource.ts'
import { errorLine } from './errorLine.ts'
import { KERNEL_ADDON_FILE, KERNEL_ADDON_SOURCE, KERNEL_FLAGS, KERNEL_PROBLEM_FILE } from './kernelAddon.ts'
import type { Library } from './libraryFolder.ts'
import { placeAtomically } from './placeAtomically.ts'
import { ProvisionError } from './ProvisionError.ts'
import { PROCESS_ADDON_FILE, PROCESS_ADDON_SOURCE } from './processAddon.ts'
import { runCommand } from './runCommand.ts'
import { shortageOf } from './shortageOf.ts'

/** tfjs-node's binary contract: Node-API 8, so one add-on serves Node 20 and newer. */
export const NODE_API = 8

/** Changes when the build does, so that an add-on in the cache or a linked one is made anew. */
export const RECIPE = createHash('sha256')
  .update(
    `1\0${NODE_API}\0${PROCESS_ADDON_SOURCE}\0${BINDING_PATCH}\0${KERNEL_ADDON_SOURCE}\0${KERNEL_FLAGS.join(' ')}`,
  )
  .digest('hex')
  .slice(0, 12)

/** What a compiler that failed said, and what it lacked, if it did not come to its own end. */
type Failure = { readonly said: string; readonly shortage: ReturnType<typeof shortageOf> }

/** The file that `folder` holds when it is complete. */
export const addonIn = (folder: string): string => join(folder, 'tfjs_binding.node')

/** Loads the add-on in a process of its own and tells its TensorFlow version, or why it does not load. */
export const probeAddon = async (addon: string): Promise<{ readonly version?: string; readonly error?: string }> => {
  const script =
    'const m={exports:{}};process.dlopen(m,process.argv[1]);process.stdout.write(String(m.exports.TF_Version))'
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  delete (env as NodeJS.ProcessEnv)['NODE_OPTIONS']
  const { status, stdout, stderr } = await runCommand(process.execPath, ['-e', script, addon], { env })
  if (status === 0) return { version: stdout }
  return { error: errorLine(stderr, /Error/) }
}

/**
 * Makes `folder` with `tfjs_binding.node` and links to the library beside it.
 * @param compiler such as `c++`.
 * @param nodeHeaders the folder of `node_api.h`.
 * @param tfjsNode the folder of `@tensorflow/tfjs-node`.
 * @throws ProvisionError where the compiler fails, and where it was killed or had no room; then there is no folder, so that the
 *   next call tries again. Kernels that it cannot build are gone without, for as long as the folder stands.
 */
export const buildAddon = async (
  folder: string,
  library: Library,
  options: {
    readonly compiler: string
    readonly nodeHeaders: string
    readonly tfjsNode: string
    readonly env: NodeJS.ProcessEnv
  },
): Promise<void> => {
  if (existsSync(addonIn(folder))) return
  const mac = process.platform === 'darwin'
  const origin = mac ? '@loader_path' : '$ORIGIN'
  const attempt = async (args: ReadonlyArray<string>): Promise<Failure | undefined> => {
    // in English, so that `shortageOf` understands it
    const result = await runCommand(options.compiler, args, { env: { ...options.env, LC_ALL: 'C' } })
    if (result.status === 0) return undefined
    const { signal, stderr } = result
    const said = errorLine(stderr, /error/) || (signal === null ? 'no output' : `ended by ${signal}`)
    return { said, shortage: shortageOf(result) }
  }
  const cutShort = (what: string, { said, shortage }: Failure, without = ''): ProvisionError => {
    const remedy = `${options.compiler} was cut short while it built ${what} (${said}); nothing of it is kept: make room and run this again${without}`
    return new ProvisionError([{ part: shortage ?? 'memory', remedy }])
  }
  const compile = async (args: ReadonlyArray<string>): Promise<void> => {
    const failure = await attempt(args)
    if (failure === undefined) return
    if (failure.shortage) throw cutShort('the add-on', failure)
    const remedy = `${options.compiler} could not build the add-on (${failure.said}); a compiler with C++17 is needed (g++ 9, clang 10 or newer)`
    throw new ProvisionError([{ part: 'c++ compiler', remedy }])
  }
  await placeAtomically(folder, async (temporary) => {
    await mkdir(join(temporary, 'lib'), { recursive: true })
    // The loader looks for the libraries' own names, so those are the names of the links. It finds them beside the
    // add-on's real path (what `require` opens) or, where a tool opens the link itself, in tfjs-node's deps/lib.
    for (const path of [library.library, library.framework]) await symlink(path, join(temporary, 'lib', basename(path)))
    for (const file of BINDING_FILES) {
      const source = await readFile(join(options.tfjsNode, 'binding', file), 'utf8')
      await writeFile(join(temporary, file), patchedSource(file, source))
    }
    // prettier-ignore
    const args = [
      '-O2', '-std=c++17', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`,
      '-I', options.nodeHeaders, '-I', library.include, '-I', options.tfjsNode, '-I', join(options.tfjsNode, 'binding'),
      join(temporary, 'tfjs_backend.cc'), join(temporary, 'tfjs_binding.cc'),
      '-o', addonIn(temporary), library.library, library.framework,
      `-Wl,-rpath,${origin}/lib`, `-Wl,-rpath,${origin}/../../deps/lib`, ...(mac ? ['-undefined', 'dynamic_lookup'] : []),
    ]
    const processSource = join(temporary, 'process.cc')
    await writeFile(processSource, PROCESS_ADDON_SOURCE)
    // prettier-ignore
    const processArgs = ['-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`, '-I', options.nodeHeaders,
      processSource, '-o', join(temporary, PROCESS_ADDON_FILE), ...(mac ? ['-undefined', 'dynamic_lookup'] : [])]
    const kernelSource = join(temporary, 'kernels.cc')
    await writeFile(kernelSource, KERNEL_ADDON_SOURCE)
    // prettier-ignore
    const kernelArgs = [...KERNEL_FLAGS, '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`, '-I', options.nodeHeaders, '-I', library.include,
      kernelSource, '-o', join(temporary, KERNEL_ADDON_FILE), library.framework,
      `-Wl,-rpath,${origin}/lib`, `-Wl,-rpath,${origin}/../../deps/lib`, ...(mac ? ['-undefined', 'dynamic_lookup'] : [])]
    const beside = await Promise.all([attempt(kernelArgs), compile(args), compile(processArgs)])
    // three compilers at once may be more than the memory holds
    const failure = beside[0]?.shortage === 'memory' ? await attempt(kernelArgs) : beside[0]
    if (failure?.shortage && options.env['RADIOGRAFT_FUSED'] !== '0')
      throw cutShort('the kernels', failure, ', or with RADIOGRAFT_FUSED=0, which goes without them')
    // The runtime is whole without them, only slower.
    if (failure)
      await writeFile(
        join(temporary, KERNEL_PROBLEM_FILE),
        `${options.compiler} could not build the kernels: ${failure.said}\n`,
      )
    const { error } = await probeAddon(addonIn(temporary))
    if (error !== undefined)
      throw new ProvisionError([{ part: 'add-on', remedy: `it was built but does not load: ${error}` }])
    await writeFile(join(temporary, 'built-from.txt'), `${library.identity}\n`)
  })
}
