// Processor time that tracking takes while a stage trains, on the machine that trains: of the command's own process and of
// an MLflow server beside it, with and without MLFLOW_TRACKING_URI. Wall times of a stage differ by some per cent from run to
// run (`trackingCost.mjs`); this does not. Linux. usage: node tools/bench/trackingCpu.mjs [steps]
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startServer } from '../mlflow/server.mjs'

const [steps = '200'] = process.argv.slice(2)
const root = fileURLToPath(new URL('../..', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'radiograft-tracking-cpu-'))
/** Clock ticks a second, as /proc counts (USER_HZ). */
const ticks = 100

/** Group and processor seconds of a process: fields 5, 14 and 15 of /proc/<pid>/stat. */
const used = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { group: Number(fields[2]), seconds: (Number(fields[11]) + Number(fields[12])) / ticks }
}
const usedByGroup = (group) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      try {
        const process = used(pid)
        return process.group === group ? sum + process.seconds : sum
      } catch {
        return sum // it has ended
      }
    }, 0)

const run = async (server, uri, count) => {
  const { MLFLOW_TRACKING_URI: _, ...env } = process.env
  const node = ['--conditions=@radiograft/source', '--import', './tools/ts-loader.mjs', 'packages/cli/src/bin.ts']
  const sets = ['--preset', 'quick', '--set', 'arm=plain', '--set', `fit-detector.steps=${count}`]
  const where = ['--store', join(work, 'store'), '--out', join(work, 'run'), '--json']
  const child = spawn(process.execPath, [...node, 'run', 'granet', ...sets, ...where], {
    cwd: root,
    env: { ...env, ...(uri !== undefined && { MLFLOW_TRACKING_URI: uri }) },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const now = () => ({ at: performance.now(), own: used(child.pid).seconds, server: usedByGroup(server.pid) })
  let [from, to] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line)
    if (!event.label?.startsWith('fit-detector')) continue
    if (event._tag === 'stage-start') from = now()
    if (event._tag === 'stage-done') to = now()
  }
  return { wall: (to.at - from.at) / 1000, own: to.own - from.own, server: to.server - from.server }
}

try {
  const server = await startServer({ folder: join(work, 'mlflow') })
  await run(server, undefined, steps) // all that comes before the stage
  // a step more each time, so that the stage is computed
  const off = await run(server, undefined, Number(steps) + 1)
  const on = await run(server, server.uri, Number(steps) + 2)
  for (const [name, { wall, own, server: other }] of Object.entries({ off, on }))
    console.log(`${name.padEnd(4)} ${wall.toFixed(1)} s  command ${own.toFixed(2)} s  server ${other.toFixed(2)} s`)
  const extra = on.own - off.own + on.server - off.server
  const share = (100 * extra) / (on.wall * availableParallelism())
  console.log(`tracking takes ${extra.toFixed(2)} s: ${share.toFixed(2)} % of ${availableParallelism()} cores`)
  await server.stop()
} finally {
  rmSync(work, { recursive: true, force: true })
}
