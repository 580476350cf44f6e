// `radiograft doctor`: what this machine has, which tensor runtime is chosen and why, whether the store can be written.
import { accessSync, constants, statSync } from 'node:fs'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { RuntimeStamp } from '../expectedRuntime.ts'
import { nearestExisting } from '../files/runFolders.ts'
import { freeBytes } from '../price/checkSpace.ts'
import type { Terminal } from '../Terminal.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { ignoredFinding, machineFindings, testFindings, trackingFinding } from '../doctor/surroundings.ts'
import type { Finding } from '../doctor/Finding.ts'
import { firstLine } from '../doctor/firstLine.ts'
import { kernelFinding } from '../doctor/kernelFinding.ts'
import { doctorTable } from './doctorTable.ts'

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  return { what: 'node', ok, says: ok ? process.versions.node : `${process.versions.node}: 20.19 or newer is needed` }
}

const tool = async (what: string, found: Promise<string | undefined>, needed: boolean, remedy: string) => {
  const line = await found
  return { what, ok: line === undefined ? (needed ? false : 'note') : true, says: line ?? remedy } satisfies Finding
}

const compiler = async (): Promise<string | undefined> => {
  const { CXX } = process.env
  for (const name of [...(CXX ? [CXX] : []), 'c++', 'g++', 'clang++']) {
    const line = await firstLine(name, ['--version'])
    if (line !== undefined) return line
  }
  return undefined
}

const why: Readonly<Record<RuntimeStamp['source'], string>> = {
  existing: 'an add-on that an installer had built was there, and it loads',
  folder: 'RADIOGRAFT_LIBTENSORFLOW names the library',
  wheel: 'no other add-on was there and RADIOGRAFT_LIBTENSORFLOW is not set: the pinned wheel',
}

/** Loads the runtime and computes a number with it. */
const runtime = async (stamp: RuntimeStamp | undefined, toolsThere: boolean): Promise<ReadonlyArray<Finding>> => {
  const what = 'tensor runtime'
  if (!stamp)
    return [
      toolsThere
        ? { what, ok: 'note', says: 'not set up yet: the first run that needs it does so (npx nx run tools:provision)' }
        : { what, ok: false, says: 'not set up, and a tool for that is missing (above)' },
    ]
  const { loadRuntime, runtimeInfo } = await import('@radiograft/tensor/node')
  try {
    const tf = await loadRuntime({ provision: false })
    const product = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0])
    const right = product === 11
    return [
      { what, ok: right, says: `TensorFlow ${stamp.tensorflow}${right ? '' : `: 1·3 + 2·4 came out as ${product}`}` },
      { what: '', ok: 'note', says: `chosen because ${why[stamp.source]}` },
      kernelFinding(runtimeInfo().kernels),
    ]
  } catch (cause) {
    return [{ what, ok: false, says: `TensorFlow ${stamp.tensorflow} does not load: ${(cause as Error).message}` }]
  }
}

/** Which precision is the faster here, where it was measured. */
const precision = async (): Promise<ReadonlyArray<Finding>> => {
  const { knownPrecision } = await import('@radiograft/tensor/node')
  const { comparedSteps } = await import('../choosePrecision.ts')
  const known = knownPrecision()
  const says = known
    ? `${known.precision} is the faster: ${comparedSteps(known)}`
    : 'not measured yet: run --precision auto does so'
  return [{ what: 'precision', ok: 'note', says }]
}

/** A store that is there is written to; one that is not is left to the first run. */
const storeFinding = async (folder: string): Promise<Finding> => {
  const what = 'store'
  const above = nearestExisting(folder)
  try {
    if (above === folder) {
      const { fileStore } = await import('@radiograft/artefact-store')
      await fileStore(folder).probe()
    } else if (!statSync(above).isDirectory()) throw new Error(`${folder} cannot be made: ${above} is a file.`)
    else accessSync(above, constants.W_OK | constants.X_OK)
    const free = formatBytes((await freeBytes(above)) ?? 0)
    return {
      what,
      ok: true,
      says: `${folder}, ${above === folder ? 'writable' : 'made by the first run'}, ${free} free`,
    }
  } catch (cause) {
    return { what, ok: false, says: (cause as Error).message }
  }
}

export const doctor = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  const given = await parseArguments(doctorTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(doctorTable))
    return 0
  }
  const { findWorkspace } = await import('@radiograft/runner')
  const { runtimeStamp } = await import('../expectedRuntime.ts')
  const workspace = findWorkspace(process.cwd(), { store: given.get('store') })
  const stamp = await runtimeStamp()
  const python = firstLine('python3', ['--version'])
  const pip = firstLine('python3', ['-m', 'pip', '--version'])
  const tools = [
    await tool('python3', python, !stamp, 'not found: apt install python3'),
    await tool('pip', pip, !stamp, 'not found: apt install python3-pip'),
    await tool('c++ compiler', compiler(), !stamp, 'not found: apt install g++, or set CXX'),
  ]
  const findings = [
    node(),
    ...tools,
    ...(await runtime(
      stamp,
      tools.every(({ ok }) => ok === true),
    )),
    ...(stamp ? await precision() : []),
    await storeFinding(workspace.store),
    await ignoredFinding(workspace.root, workspace.store),
    ...machineFindings(),
    await trackingFinding(process.env),
    ...(await testFindings()),
  ]
  const failed = findings.some(({ ok }) => ok === false)
  if (given.has('json')) {
    const states = { true: 'ok', false: 'missing', note: 'note', warning: 'warning' } as const
    const told = findings.map(({ what, ok, says }) => ({ what, state: states[`${ok}`], says }))
    terminal.out(`${JSON.stringify({ ok: !failed, findings: told }, undefined, 2)}\n`)
    return failed ? 1 : 0
  }
  const { paint } = terminal
  const marks = { true: paint.green('✓'), false: paint.red('✗'), note: paint.dim('·'), warning: paint.yellow('!') }
  const lines = alignColumns(findings.map(({ what, says }) => [what, says]))
  terminal.out(findings.map(({ ok }, i) => `${marks[`${ok}`]} ${lines[i]}\n`).join(''))
  return failed ? 1 : 0
}
