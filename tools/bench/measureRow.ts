// Measures a row: starts all sides, holds them to the same numbers, then lets them work by turns, the others asleep.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseSetting } from './chooseSetting.ts'
import { differences } from './differences.ts'
import { machineSeconds, treePeakMb, treeSeconds } from './processTree.ts'
import type { Peer, Row, Settings } from './Row.ts'
import { median } from './RowResult.ts'
import type { PeerResult, RowResult, SideResult } from './RowResult.ts'
import type { Given } from './side.ts'
import { commandOf, root, startSide } from './startSide.ts'
import type { Running } from './startSide.ts'

export interface MeasureOptions {
  readonly threads: number
  readonly python: string | undefined
  readonly rounds?: number
  readonly anyLoad: boolean
  /** what was measured here before: its peers' settings are used again */
  readonly before?: RowResult | undefined
  readonly say: (line: string) => void
}

/** A side that uses more of a core than this while it should sleep disturbs the others. */
const MOST_IDLE = 0.05

/** Runs `work` with a folder of its own that the row's `prepare` has filled. */
export const withScratch = async <T>(
  row: Row,
  settings: Settings & Omit<Given, 'scratch'>,
  python: string | undefined,
  work: (settings: Settings & Given) => Promise<T>,
): Promise<T> => {
  const scratch = mkdtempSync(join(tmpdir(), `radiograft-bench-${row.name}-`))
  try {
    const all = { ...settings, scratch } as Settings & Given
    if (row.prepare !== undefined) {
      const [command, args] = commandOf(row.prepare, all, python)
      execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    }
    return await work(all)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

type Choice = Pick<PeerResult, 'setting' | 'tried'>

/** What was found to be the quickest before: not on a busy machine, nor among other choices. */
const knownChoice = (
  peer: Peer,
  { before, anyLoad }: MeasureOptions,
): (Choice & Pick<PeerResult, 'versions'>) | undefined => {
  const known = before?.peers.find(({ name }) => name === peer.name)
  if (!known || (before!.anyLoad && !anyLoad)) return undefined
  const same = JSON.stringify(known.tried.map(({ setting }) => setting)) === JSON.stringify(peer.choices ?? [])
  return same ? { setting: known.setting, tried: known.tried, versions: known.versions } : undefined
}

/** Starts a peer with its quickest setting, which is looked for again when the peer's versions have changed. */
const startPeer = async (
  peer: Peer,
  settings: Settings & Given,
  options: MeasureOptions,
): Promise<{ readonly choice: Choice; readonly side: Running }> => {
  const { python } = options
  const known = knownChoice(peer, options)
  if (known) {
    const { versions, ...choice } = known
    const side = await startSide(peer, { ...settings, ...choice.setting }, python)
    if (choice.tried.length === 0 || JSON.stringify(side.versions) === JSON.stringify(versions)) return { choice, side }
    await side.stop()
  }
  const choice = await chooseSetting(peer, settings, options)
  return { choice, side: await startSide(peer, { ...settings, ...choice.setting }, python) }
}

/** @throws SideError when a side fails; Error when two sides do not compute the same */
export const measureRow = (row: Row, options: MeasureOptions): Promise<RowResult> => {
  const { threads, python, say } = options
  return withScratch(row, { ...row.settings, threads, smoke: false }, python, async (settings) => {
    const sides: Running[] = []
    try {
      const chosen: Choice[] = []
      sides.push(await startSide(row.ours, { ...settings, ...row.ours.settings }, python))
      for (const peer of row.peers) {
        const { choice, side } = await startPeer(peer, { ...settings, ...peer.settings }, options)
        sides.push(side)
        chosen.push(choice)
        const problems = differences(sides[0]!, sides.at(-1)!, peer.tolerance ?? row.tolerance ?? 1e-3)
        if (problems.length > 0) throw new Error(`we and ${peer.name} do not compute the same: ${problems.join('; ')}`)
      }
      const rounds = options.rounds ?? row.rounds ?? 5
      const slowest = Math.max(...sides.map(({ warm }) => warm))
      const units = Math.max(1, Math.round((row.roundSeconds ?? 3) / slowest))
      say(
        `  ${rounds} rounds, ${units} turns each, a turn ${sides.map(({ warm }) => `${warm.toFixed(3)} s`).join(' and ')}`,
      )
      const { times, others } = await takeTurns(sides, rounds, units, threads)

      const resultOf = (k: number): SideResult => ({
        seconds: median(times[k]!) / (units * sides[k]!.count),
        memoryMb: Math.round(treePeakMb(sides[k]!.pid)),
        first: sides[k]!.first,
        versions: sides[k]!.versions,
      })
      const ours = times[0]!
      return {
        name: row.name,
        ours: resultOf(0),
        peers: row.peers.map(({ name }, i) => ({
          ...resultOf(i + 1),
          name,
          ...chosen[i]!,
          ratios: times[i + 1]!.map((t, r) => ours[r]! / sides[0]!.count / (t / sides[i + 1]!.count)),
        })),
        units,
        rounds,
        ...(others === undefined ? {} : { others }),
        anyLoad: options.anyLoad,
        date: new Date().toISOString().slice(0, 10),
      }
    } finally {
      await Promise.all(sides.map(({ stop }) => stop()))
    }
  })
}

/** Ours, peer, peer, ours, peer, peer, …: seconds of each side and round, and the share of the processors that others took. */
const takeTurns = async (
  sides: ReadonlyArray<Running>,
  rounds: number,
  units: number,
  threads: number,
): Promise<{ readonly times: ReadonlyArray<ReadonlyArray<number>>; readonly others: number | undefined }> => {
  const times = sides.map((): number[] => [])
  const used = (): number[] => sides.map(({ pid }) => treeSeconds(pid))
  const asleep = sides.map(() => 0)
  const harness = process.cpuUsage()
  const [begun, before, machine] = [performance.now(), used(), machineSeconds()]
  for (let r = 0; r < rounds; r++) {
    for (const [k, side] of sides.entries()) {
      const from = used()
      times[k]!.push(await side.round(units))
      used().forEach((seconds, j) => j !== k && (asleep[j]! += seconds - from[j]!))
    }
  }
  const wall = (performance.now() - begun) / 1000
  const restless = asleep.findIndex((seconds) => seconds > MOST_IDLE * wall)
  if (restless >= 0)
    throw new Error(`side ${restless} used ${asleep[restless]!.toFixed(1)} s of processor while it should have slept`)
  // In a container /proc/stat tells of the whole host, whose other processors are none of our business.
  if (cpus().length !== threads) return { times, others: undefined }
  const { user, system } = process.cpuUsage(harness)
  const own = used().reduce((sum, seconds, k) => sum + seconds - before[k]!, (user + system) / 1e6)
  return { times, others: Math.max(0, machineSeconds() - machine - own) / (wall * threads) }
}
