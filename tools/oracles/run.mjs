// npx nx run tools:oracles [-- name …]: makes every oracle fixture anew in a Python environment of its own and shows what
// differs from the committed ones. Exits with 1 when one differs or a generator fails. The environment (requirements.txt,
// about 6 GB with torch) is kept in the user's cache; RADIOGRAFT_ORACLES_PYTHON names a Python that has it all already.
// The phantom's generator needs the prototype's folder: PHANTOM_PROTOTYPE=<folder of phantom.py>.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../pythonEnvironment.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = join(root, 'tools/oracles')
const requirements = join(here, 'requirements.txt')

/** A Python with the pinned requirements, made on first use. */
const python = () =>
  process.env['RADIOGRAFT_ORACLES_PYTHON'] ||
  pythonEnvironment({
    name: 'oracles',
    requirements,
    announce: () => console.log('making the Python environment of the oracles (once, several GB)'),
  })

const node = ['--conditions=@radiograft/source', '--import', './tools/ts-loader.mjs']

/** No generators: others import them. */
const loaded = new Set(['nn_formula.py', 'progressive_torch.py'])

/** Generators that want more than their own name. `undefined`: it cannot run here, and why was printed. */
const argumentsOf = {
  artefactstore_arrow: () => {
    const folder = mkdtempSync(join(tmpdir(), 'radiograft-arrow-'))
    execFileSync('node', [...node, 'packages/artefact-store/src/testing/writeArrowSamples.ts', folder], { cwd: root })
    return { args: [folder], stdout: 'packages/artefact-store/src/fixtures/arrow.json' }
  },
  dataio_phantom: () => {
    const prototype = process.env['PHANTOM_PROTOTYPE']
    if (!prototype) return undefined
    return { args: [prototype, 'packages/data-io/src/phantom/fixtures/phantom.json'] }
  },
}

/** Where two fixtures say different things, as `path: before, after`. Tolerance 1e-4, that of our parity tests with deep networks in float32. */
const differences = (before, after, path = '') => {
  if (typeof before === 'number' && typeof after === 'number')
    return Math.abs(before - after) <= Math.max(1e-4, 1e-4 * Math.abs(before)) ? [] : [`${path}: ${before}, ${after}`]
  if (before === null || after === null || typeof before !== 'object' || typeof after !== 'object')
    return before === after || /\.versions?$/.test(path) ? [] : [`${path}: ${before}, ${after}`]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    differences(before[key], after[key], `${path}.${key}`),
  )
}

const fixtures = readdirSync(join(root, 'packages'), { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && e.name.endsWith('.json') && /src\/.*fixtures$/.test(e.parentPath))
  .map((e) => join(e.parentPath, e.name))
  .filter((path) => !path.includes('node_modules'))
  .map((path) => [path, readFileSync(path, 'utf8')])

const asked = process.argv.slice(2)
const names = readdirSync(here)
  .filter((file) => file.endsWith('.py') && !loaded.has(file))
  .map((file) => file.slice(0, -3))
  .filter((name) => asked.length === 0 || asked.some((part) => name.includes(part)))
const bin = python()
const failed = []
for (const name of names) {
  const given = argumentsOf[name] ? argumentsOf[name]() : { args: [] }
  if (!given) {
    console.log(`left out  ${name}: set PHANTOM_PROTOTYPE to the folder of phantom.py`)
    continue
  }
  const script = given.stdout ? `python="$1"; shift; "$python" "$@" > ${given.stdout}` : '"$@"'
  const began = performance.now()
  const { status, stderr } = spawnSync('sh', ['-c', script, 'sh', bin, join(here, `${name}.py`), ...given.args], {
    cwd: root,
    encoding: 'utf8',
  })
  console.log(
    `${status === 0 ? 'made' : 'FAILED'.padEnd(4)}  ${name}  ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  if (status !== 0) {
    failed.push(name)
    console.log(stderr.trim().split('\n').slice(-8).join('\n'))
  }
}

// Libraries sum in another order on another processor: numbers are held to tolerance, everything else to equality. A
// fixture that says the same keeps its committed bytes.
const reports = []
for (const [path, before] of fixtures) {
  const after = readFileSync(path, 'utf8')
  if (after === before) continue
  const differing = differences(JSON.parse(before), JSON.parse(after))
  if (differing.length === 0) writeFileSync(path, before)
  else reports.push(`differs  ${relative(root, path)}\n    ${differing.slice(0, 5).join('\n    ')}`)
}
console.log(reports.length === 0 ? 'every fixture says what was committed' : reports.join('\n'))
process.exitCode = failed.length > 0 || reports.length > 0 ? 1 : 0
