import { describe, expect, it } from '@jest/globals'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadKernels } from './kernelAddon.ts'
import { provision, tfjsNodeFolder } from './provision.ts'
import { ProvisionError } from './ProvisionError.ts'
import { runCommand } from './runCommand.ts'
import { runtimeInfo } from './runtimeInfo.ts'
import { readStamp, stampHolds } from './runtimeStamp.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
const sibling = (name: string): string => new URL(`./${name}`, import.meta.url).href

const temporary = temporaryFolder()
const { write } = temporary

const rejection = async (promise: Promise<unknown>): Promise<ProvisionError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProvisionError)
  return error as ProvisionError
}

/** A tfjs-node as npm leaves it: no add-on. */
const emptyTfjsNode = () => {
  write('tfjs-node/package.json', JSON.stringify({ version: '4.22.0' }))
  for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc'])
    write(`tfjs-node/binding/${name}`, '#error no\nTF_SessionOptions *session_options = TF_NewSessionOptions();')
  return join(temporary.path, 'tfjs-node')
}

describe('provision', () => {
  it('returns in half a second when all is there, and says where it came from', async () => {
    await provision()
    const before = performance.now()
    const again = await provision()
    expect(performance.now() - before).toBeLessThan(500)
    expect(again).toMatchObject({ changed: false, tensorflow: '2.21.0', nodeApi: 8 })
    expect(runtimeInfo().runtime?.tensorflow).toBe('2.21.0')
  })

  it('serves a second checkout from the cache, with links alone, and notices when they break', async () => {
    const real = tfjsNodeFolder()
    const stamp = await provision()
    // The cache is the one that the stamp points into.
    const library = Object.keys(stamp.files).find((path) => path.includes('libtensorflow_cc')) as string
    const cache = join(library, '../../..')
    const tfjsNode = emptyTfjsNode()
    for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc']) {
      rmSync(join(tfjsNode, 'binding', name))
      symlinkSync(join(real, 'binding', name), join(tfjsNode, 'binding', name))
    }
    const lines: Array<string> = []
    const second = await provision({ cache, tfjsNode, env: {}, onProgress: (line) => lines.push(line) })
    expect(second).toMatchObject({ changed: true, source: 'wheel', files: stamp.files })
    expect(lines).toEqual([])
    const addon = join(tfjsNode, 'lib/napi-v8/tfjs_binding.node')
    expect(readlinkSync(addon)).toContain('addon-tfjs-node-4.22.0-napi8')
    const kept = readStamp(tfjsNode)
    expect(kept && stampHolds(tfjsNode, kept)).toBe(true)
    rmSync(addon)
    expect(kept && stampHolds(tfjsNode, kept)).toBe(false)
    expect(runtimeInfo({ tfjsNode }).runtime).toBeUndefined()
    expect((await provision({ cache, tfjsNode, env: {} })).changed).toBe(true)
    // What an interrupted run leaves is not looked at.
    mkdirSync(join(tfjsNode, 'lib/napi-v8/.tmp-tfjs_binding.node-1-abc'))
    expect((await provision({ cache, tfjsNode, env: {} })).changed).toBe(false)
  })

  it('names every missing part at once, before anything is fetched', async () => {
    const cache = join(temporary.path, 'cache')
    const error = await rejection(
      provision({ cache, tfjsNode: emptyTfjsNode(), env: { PATH: join(temporary.path, 'nothing') } }),
    )
    expect(error.missing.map(({ part }) => part)).toEqual(['python3', 'c++ compiler'])
    expect(error.message).toMatch(
      /python3: install Python 3.*\n.*c\+\+ compiler: install g\+\+.*\nOr set RADIOGRAFT_LIBTENSORFLOW/,
    )
    expect(readdirSync(cache)).toEqual([])
  })

  /** A compiler that fails on files named in a case pattern of the shell. */
  const failingCompiler = (pattern: string): string => {
    const path = write(
      'failing-c++',
      `#!/bin/sh\ncase "$*" in ${pattern}) echo 'x.cc: error: no such unit' >&2; exit 1;; esac\nexec c++ "$@"\n`,
    )
    chmodSync(path, 0o755)
    return path
  }
  const copyOfSources = (): string => {
    const tfjsNode = emptyTfjsNode()
    rmSync(join(tfjsNode, 'binding'), { recursive: true })
    symlinkSync(join(tfjsNodeFolder(), 'binding'), join(tfjsNode, 'binding'))
    return tfjsNode
  }

  it('says what the compiler said when the add-on does not build, and leaves no add-on', async () => {
    write('lib/libtensorflow_cc.so.2', 'x')
    write('lib/libtensorflow_framework.so.2', 'x')
    write('include/tensorflow/c/c_api.h')
    const cache = join(temporary.path, 'cache')
    const env = { ...process.env, RADIOGRAFT_LIBTENSORFLOW: temporary.path, CXX: failingCompiler('*tfjs_backend.cc*') }
    const error = await rejection(provision({ cache, tfjsNode: copyOfSources(), env }))
    expect(error.missing).toHaveLength(1)
    expect(error.message).toMatch(/c\+\+ compiler: .* could not build the add-on \(.*error: no such unit/)
    expect(readdirSync(cache)).toEqual([])
    expect(existsSync(join(temporary.path, 'tfjs-node/lib'))).toBe(false)
  })

  describe('a compiler that is killed while it builds the kernels', () => {
    /** In place of the compiler: what it made before, unless it is killed. Writes a line for each build of the kernels. */
    const copyingCompiler = async () => {
      const { files } = await provision()
      const library = Object.keys(files).find((path) => path.includes('libtensorflow_cc'))!
      const built = dirname(realpathSync(join(tfjsNodeFolder(), 'lib/napi-v8/tfjs_binding.node')))
      const path = write(
        'copying-c++',
        `#!/bin/sh
case "$*" in
  --version) exit 0;;
  */kernels.cc*) echo x >> '${temporary.path}/built'; [ -e '${temporary.path}/little-memory' ] && kill -KILL $$;;
esac
while [ $# -gt 0 ]; do [ "$1" = -o ] && out="$2"; shift; done
cp "${built}/\${out##*/}" "$out"
`,
      )
      chmodSync(path, 0o755)
      return { ...process.env, RADIOGRAFT_LIBTENSORFLOW: join(library, '../..'), CXX: path }
    }
    const builds = (): number => readFileSync(join(temporary.path, 'built'), 'utf8').trim().split('\n').length

    it('is tried once more, alone; then it is told, nothing is kept, and the next time has kernels', async () => {
      const env = await copyingCompiler()
      const cache = join(temporary.path, 'cache')
      const tfjsNode = copyOfSources()
      write('little-memory')
      const error = await rejection(provision({ cache, tfjsNode, env }))
      expect(error.missing).toEqual([{ part: 'memory', remedy: expect.any(String) }])
      expect(error.message).toMatch(
        /memory: .*copying-c\+\+ was cut short while it built the kernels \(ended by SIGKILL\); .* run this again, or with RADIOGRAFT_FUSED=0/,
      )
      expect([readdirSync(cache), existsSync(join(tfjsNode, 'lib')), builds()]).toEqual([[], false, 2])
      rmSync(join(temporary.path, 'little-memory'))
      expect((await provision({ cache, tfjsNode, env })).changed).toBe(true)
      expect(runtimeInfo({ tfjsNode }).kernels.fused).toBe(true)
      expect(builds()).toBe(3)
    })

    it('goes without for good where that is asked for, until the folder that it tells is deleted', async () => {
      const env = await copyingCompiler()
      const cache = join(temporary.path, 'cache')
      const tfjsNode = copyOfSources()
      write('little-memory')
      await provision({ cache, tfjsNode, env: { ...env, RADIOGRAFT_FUSED: '0' } })
      rmSync(join(temporary.path, 'little-memory'))
      expect((await provision({ cache, tfjsNode, env })).changed).toBe(false)
      const { fused, problem, keptIn } = runtimeInfo({ tfjsNode }).kernels
      expect([fused, problem]).toEqual([
        false,
        expect.stringContaining('could not build the kernels: ended by SIGKILL'),
      ])
      expect(readdirSync(cache).map((name) => join(realpathSync(cache), name))).toEqual([keptIn])
      rmSync(keptIn!, { recursive: true })
      expect((await provision({ cache, tfjsNode, env })).changed).toBe(true)
      expect(runtimeInfo({ tfjsNode }).kernels.fused).toBe(true)
    })
  })

  it('goes without the kernels that a compiler cannot build, and tells why', async () => {
    const { files } = await provision()
    const library = Object.keys(files).find((path) => path.includes('libtensorflow_cc'))!
    const env = {
      ...process.env,
      RADIOGRAFT_LIBTENSORFLOW: join(library, '../..'),
      CXX: failingCompiler('*/kernels.cc*'),
    }
    const tfjsNode = copyOfSources()
    expect((await provision({ cache: join(temporary.path, 'cache'), tfjsNode, env })).changed).toBe(true)
    const { kernels, runtime } = runtimeInfo({ tfjsNode })
    expect(runtime?.source).toBe('folder')
    expect(kernels).toMatchObject({ fused: false, winograd: false })
    expect(kernels.problem).toMatch(/could not build the kernels: x.cc: error: no such unit/)
    expect(loadKernels(join(tfjsNode, 'lib/napi-v8/tfjs_binding.node'))).toEqual(kernels)
  }, 120_000)

  it('has kernels here, and goes without them when told so', async () => {
    // in processes of their own: kernels bring TensorFlow along, before `loadRuntime` has said what it wants of it
    const script = `const { loadKernels } = await import('${sibling('kernelAddon.ts')}')
      const { runtimeInfo } = await import('${sibling('runtimeInfo.ts')}')
      const loaded = loadKernels(${JSON.stringify(join(tfjsNodeFolder(), 'lib/napi-v8/tfjs_binding.node'))})
      console.log(JSON.stringify([runtimeInfo().kernels, loaded]))`
    const args = ['--conditions=@radiograft/source', '--import', loader, '--input-type=module', '-e', script]
    const { NODE_OPTIONS: _, RADIOGRAFT_FUSED: __, ...env } = process.env
    const kernelsWith = async (more: Record<string, string>): Promise<unknown> => {
      const { status, stdout } = await runCommand(process.execPath, args, { env: { ...env, ...more } })
      expect(status).toBe(0)
      return JSON.parse(stdout)
    }
    const [told, loaded] = (await kernelsWith({})) as ReadonlyArray<{ readonly fused: boolean }>
    expect(told!.fused).toBe(true)
    expect(loaded).toEqual(told)
    const none = {
      filterGradient: false,
      winograd: false,
      narrowConvolve: false,
      narrowFilterGradient: false,
      narrowWinograd: false,
    }
    const off = { fused: false, ...none, problem: 'RADIOGRAFT_FUSED is 0' }
    expect(await kernelsWith({ RADIOGRAFT_FUSED: '0' })).toEqual([off, off])
  })
})
