import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownChoice } from './kernelChoice.ts'
import { chosenBy, measureKernels } from './measureKernels.ts'
import { tfjsNodeFolder } from './provision.ts'
import { ADDON_FILE } from './runtimeStamp.ts'

jest.setTimeout(180_000)
const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
/** As the command line starts its processes: jest's own options are for jest. */
const execArgv = ['--conditions=@radiograft/source', '--import', loader]
const addon = join(tfjsNodeFolder(), ADDON_FILE)
const folder = dirname(realpathSync(addon))

let scratch: string
let file: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'radiograft-kernels-'))
  file = join(scratch, 'cache/kernels.json')
})
afterEach(() => rmSync(scratch, { recursive: true }))

it('the faster one is chosen, and oneDNN’s where there is none of ours', () => {
  const times = {
    filterGradient: { ours: 2, oneDnn: 1.9 },
    winograd: { ours: 1, oneDnn: 1.5 },
    narrowWinograd: { ours: 1, oneDnn: 1 },
  }
  expect(chosenBy(times)).toEqual({
    filterGradient: false,
    winograd: true,
    narrowConvolve: false,
    narrowFilterGradient: false,
    narrowWinograd: false,
  })
})

it('where the answer cannot be kept the guess stays, and why is told', async () => {
  const lines: string[] = []
  writeFileSync(join(scratch, 'no folder'), '')
  const there = join(scratch, 'no folder/kernels.json')
  expect(await measureKernels({ addon, file: there, execArgv, onProgress: (line) => lines.push(line) })).toBeUndefined()
  expect(lines[1]).toMatch(/^what was measured could not be kept, so a guess by the processor's flags stays: E/)
})

it('measures once, keeps the answer with its times, and finds it again', async () => {
  expect(knownChoice({ folder, file })).toBeUndefined()
  let asked = 0
  const onProgress = () => (asked += 1)
  const chosen = await measureKernels({ addon, file, execArgv, onProgress })
  const [kept] = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, any>)
  expect(kept.choice).toEqual(chosen)
  expect(chosenBy(kept.milliseconds)).toEqual(chosen)
  for (const { ours, oneDnn } of Object.values<{ ours: number; oneDnn: number }>(kept.milliseconds))
    expect([ours > 0.05, oneDnn > 0.05, ours < 1000, oneDnn < 1000]).toEqual([true, true, true, true])
  expect(Object.keys(kept.milliseconds)).toEqual(expect.arrayContaining(['winograd', 'filterGradient']))
  const { mtimeMs } = statSync(file)
  // a process that cannot start: the answer is not measured again
  expect(await measureKernels({ addon, file, execArgv: ['--no-such-option'], onProgress })).toEqual(chosen)
  expect([asked, statSync(file).mtimeMs]).toEqual([1, mtimeMs])
  expect(knownChoice({ folder, file })).toEqual(chosen)
  // other kernels are another question
  expect(knownChoice({ folder: `${folder}0`, file })).toBeUndefined()
})

it('a measurement that fails leaves no answer and tells why: the processor’s flags stay the guide', async () => {
  const lines: string[] = []
  const onProgress = (line: string) => lines.push(line)
  expect(await measureKernels({ addon, file, execArgv: ['--no-such-option'], onProgress })).toBeUndefined()
  expect(lines[1]).toMatch(/^they could not be tried, so a guess by the processor's flags stays: .*--no-such-option$/)
  expect(knownChoice({ folder, file })).toBeUndefined()
  expect(await measureKernels({ addon: join(scratch, 'none.node'), file, execArgv })).toBeUndefined()
})

it('of two at once one tries, and the other waits for its answer', async () => {
  const stub = join(scratch, 'stub.mjs')
  // in place of the measurement: ours is the faster one of every other process
  writeFileSync(
    stub,
    `import { existsSync, writeFileSync } from 'node:fs'
    const second = existsSync(${JSON.stringify(join(scratch, 'first'))})
    writeFileSync(${JSON.stringify(join(scratch, 'first'))}, '')
    process.stdout.write(JSON.stringify({ winograd: { ours: second ? 3 : 1, oneDnn: 2 } }))
    process.exit(0)`,
  )
  const lines: string[] = []
  const options = { addon, file, execArgv: ['--import', stub], onProgress: (line: string) => lines.push(line) }
  const both = await Promise.all([measureKernels(options), measureKernels(options)])
  expect(both.map((one) => one?.winograd)).toEqual([true, true])
  expect(lines.toSorted()).toEqual([
    'trying which convolutions are the faster ones here (a few seconds, once per machine)',
    'waiting for another process that tries which convolutions are the faster ones',
  ])
})

describe('the environment of the moment', () => {
  /** With these variables, as a process has them that is started with them. */
  const within = async <A>(variables: Readonly<Record<string, string>>, body: () => A | Promise<A>): Promise<A> => {
    const before = { ...process.env }
    Object.assign(process.env, variables)
    try {
      return await body()
    } finally {
      for (const name of Object.keys(variables)) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  }
  /** In place of the measurement: an answer that tells the number of threads that was asked for. */
  const stubbed = () => {
    const stub = join(scratch, 'stub.mjs')
    const answer = '{ winograd: { ours: 1, oneDnn: Number(process.argv[2]) } }'
    writeFileSync(stub, `process.stdout.write(JSON.stringify(${answer})); process.exit(0)`)
    return { addon, file, execArgv: ['--import', stub] }
  }

  it.each([
    { TF_ENABLE_ONEDNN_OPTS: '0' },
    { ONEDNN_MAX_CPU_ISA: 'AVX2' },
    { DNNL_MAX_CPU_ISA: 'AVX2' },
    { ONEDNN_DEFAULT_FPMATH_MODE: 'BF16' },
  ])('%j: an answer made under it is for processes that have it, and no others', async (variables) => {
    const options = stubbed()
    const chosen = await within(variables, () => measureKernels(options))
    expect(chosen).toBeDefined()
    expect(knownChoice({ folder, file })).toBeUndefined()
    expect(await within(variables, () => knownChoice({ folder, file }))).toEqual(chosen)
    const other = await measureKernels(options)
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toHaveLength(2)
    expect(knownChoice({ folder, file })).toEqual(other)
  })

  it('what is said anyhow is no other question: a stage says it to itself before it looks', async () => {
    const chosen = await measureKernels(stubbed())
    const same: Record<string, string> = { ONEDNN_VERBOSE: '1', RADIOGRAFT_THREADS: '1' }
    if (process.arch === 'x64') same['TF_ENABLE_ONEDNN_OPTS'] = 'true'
    expect(await within(same, () => knownChoice({ folder, file }))).toEqual(chosen)
  })

  it('threads of the environment are those of no stage: all cores are measured, and the answer holds for all', async () => {
    const variables = { TF_NUM_INTRAOP_THREADS: '7', TF_NUM_INTEROP_THREADS: '7', OMP_NUM_THREADS: '7' }
    await within(variables, () => measureKernels(stubbed()))
    const [kept] = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, any>)
    expect(kept.milliseconds.winograd.oneDnn).toBe(availableParallelism())
    expect(knownChoice({ folder, file })).toEqual(kept.choice)
  })
})

describe('a cache file that is damaged', () => {
  it.each([
    ['cut short', (text: string) => text.slice(0, 30)],
    ['of another sort', () => '[1, 2]'],
    ['with a choice missing', (text: string) => text.replace('"winograd": ', '"wino": ')],
  ])('%s counts as none', async (_, damage) => {
    const stub = join(scratch, 'stub.mjs')
    // in place of the measurement: prints its answer and ends before the real one begins
    writeFileSync(stub, `process.stdout.write('{"winograd":{"ours":1,"oneDnn":2}}'); process.exit(0)`)
    const options = { addon, file, execArgv: ['--import', stub] }
    const chosen = await measureKernels(options)
    expect(chosen).toMatchObject({ winograd: true, filterGradient: false })
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    expect(knownChoice({ folder, file })).toBeUndefined()
    expect(await measureKernels(options)).toEqual(chosen)
    expect(knownChoice({ folder, file })).toEqual(chosen)
  })
})
