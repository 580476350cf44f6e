// What tracking costs training: the seconds of one training stage without MLflow, with a server on this machine, with an
// address where nothing listens, and with a server that takes connections and never answers; taken in turns, each a ratio
// to the run without in its own turn. The stage is computed anew each time (its manifest is taken away), all else is kept.
// usage: node tools/bench/trackingCost.mjs [turns] [steps]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../mlflow/freePort.mjs'
import { startServer } from '../mlflow/server.mjs'

const [turns = '5', steps = '120'] = process.argv.slice(2)
const stage = 'fit-detector'
const root = fileURLToPath(new URL('../..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'radiograft-tracking-cost-'))
const [store, out] = [join(work, 'store'), join(work, 'run')]

const node = ['--conditions=@radiograft/source', '--import', './tools/ts-loader.mjs', 'packages/cli/src/bin.ts']
const settings = ['--preset', 'quick', '--set', 'arm=plain', '--set', `fit-detector.steps=${steps}`]

/** One run with this address, none for none: seconds of the stage, as its manifest has them, and of the command. */
const run = (uri) => {
  const { MLFLOW_TRACKING_URI: _, ...env } = process.env
  const began = performance.now()
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...node, 'run', 'granet', ...settings, '--store', store, '--out', out],
    { cwd: root, encoding: 'utf8', env: { ...env, ...(uri !== undefined && { MLFLOW_TRACKING_URI: uri }) } },
  )
  if (status !== 0) throw new Error(`the run ended with ${status}:\n${stdout}\n${stderr}`)
  const whole = (performance.now() - began) / 1000
  const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))
  const trained = record.nodes.find(({ label }) => label === stage)
  if (trained?.status !== 'computed') throw new Error(`${stage} was not computed: ${trained?.status ?? 'not there'}`)
  const lines = readFileSync(join(out, 'events.ndjson'), 'utf8').split('\n')
  const points = lines.filter((line) => line.includes('"_tag":"metric"')).length
  rmSync(join(store, 'manifests', `${trained.key}.json`))
  return { stage: trained.seconds, whole, points }
}

const [mean, sorted] = [
  (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  (values) => values.toSorted((a, b) => a - b),
]

try {
  if (loadavg()[0] > 0.5) console.log(`load ${loadavg()[0].toFixed(2)}: other work runs on this machine`)
  const server = await startServer({ folder: join(work, 'mlflow') })
  const frozen = await startServer({ folder: join(work, 'frozen') })
  frozen.pause()
  const arms = {
    off: undefined,
    on: server.uri,
    gone: `http://127.0.0.1:${await freePort(0)}`,
    frozen: frozen.uri,
  }
  const { points } = run(undefined)
  console.log(`${stage}, ${steps} steps, ${points} metric points a run; ${turns} turns`)
  const ratios = Object.fromEntries(Object.keys(arms).map((arm) => [arm, []]))
  const extra = Object.fromEntries(Object.keys(arms).map((arm) => [arm, []]))
  for (let turn = 0; turn < Number(turns); turn++) {
    const order = Object.keys(arms)
    const turned = [...order.slice(turn % order.length), ...order.slice(0, turn % order.length)]
    const seen = new Map(turned.map((arm) => [arm, run(arms[arm])]))
    const base = seen.get('off')
    for (const [arm, { stage: seconds, whole }] of seen) {
      ratios[arm].push(seconds / base.stage)
      extra[arm].push(whole - seconds - (base.whole - base.stage))
    }
    console.log(
      [...seen].map(([arm, { stage: s, whole }]) => `${arm} ${s.toFixed(2)} s of ${whole.toFixed(2)}`).join('  '),
    )
  }
  for (const arm of Object.keys(arms)) {
    const own = sorted(ratios[arm])
    const [least, most] = [own[0], own.at(-1)]
    console.log(
      `${arm.padEnd(7)} stage × ${mean(own).toFixed(4)} [${least.toFixed(4)}, ${most.toFixed(4)}]   ` +
        `beside the stage ${mean(extra[arm]) < 0 ? '−' : '+'}${Math.abs(mean(extra[arm])).toFixed(2)} s`,
    )
  }
  await Promise.all([server.stop(), frozen.kill()])
} finally {
  rmSync(work, { recursive: true, force: true })
}
