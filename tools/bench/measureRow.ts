// Measures a row: starts all sides, holds them to the same numbers, then lets them work by turns, the others asleep.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseSetting, searchOf } from './chooseSetting.ts'
import { differences } from './differences.ts'
import { treeSeconds, watchOthers } from './processTree.ts'
import type { Row, Settings, Side } from './Row.ts'
import { isCalm, median } from './RowResult.ts'
import type { Choice, RowResult, SideResult } from './RowResult.ts'
import type { Given } from './side.ts'
import { commandOf, root, SideError, startSide } from './startSide.ts'
import type { Running } from './startSide.ts'
import { watchMemory } from './watchMemory.ts'

export interface MeasureOptions {
  readonly threads: number
  readonly python: string | undefined
  readonly rounds?: number
  readonly anyLoad: boolean
  /** what was measured here before: the settings that its sides chose are used again */
  readonly before?: RowResult | undefined
  readonly say: (line: string) => void
}

/** A side that uses more of a core than this while it should sleep disturbs the others. */
const MOST_IDLE = 0.05

/** Seconds of a unit from which a row without a peer has one round: there is no ratio to spread. */
const LONG = 30

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
      const { status, signal } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
      if (status !== 0) throw new SideError(row.prepare, `ended (${signal ?? status})`)
    }
    return await work(all)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** What was found to be the quickest before, undisturbed, in the same search. */
const knownChoice = (known: SideResult | undefined, searched: string): Choice | undefined => {
  if (known === undefined || known.searched !== searched || !isCalm(known.searchOthers)) return undefined
  const { setting, tried, searchOthers } = known
  return { setting, tried, searched, ...(searchOthers !== undefined && { searchOthers }) }
}

interface Started {
  readonly choice: Choice
  readonly side: Running
}

/** Starts a side with its quickest setting, which is looked for again when the side's versions have changed. */
const startBest = async (
  side: Side,
  settings: Settings & Given,
  { known, name, python, say }: MeasureOptions & { readonly name: string; readonly known: SideResult | undefined },
): Promise<Started> => {
  const before = knownChoice(known, searchOf(side, settings))
  if (before !== undefined) {
    const running = await startSide(side, { ...settings, ...before.setting }, python)
    if (JSON.stringify(running.versions) === JSON.stringify(known!.versions)) return { choice: before, side: running }
    await running.stop()
  }
  const choice = await chooseSetting(side, settings, { name, python, say })
  return { choice, side: await startSide(side, { ...settings, ...choice.setting }, python) }
}

/** @throws SideError when a side fails; Error when two sides do not compute the same */
export const measureRow = (row: Row, options: MeasureOptions): Promise<RowResult> => {
  const { threads, python, say } = options
  return withScratch(row, { ...row.settings, threads, smoke: false }, python, async (settings) => {
    const sides: Running[] = []
    try {
      const chosen: Choice[] = []
      const start = async (side: Side, name: string, known: SideResult | undefined): Promise<void> => {
        const started = await startBest(side, { ...settings, ...side.settings }, { ...options, name, known })
        sides.push(started.side)
        chosen.push(started.choice)
      }
      await start(row.ours, 'ours', options.before?.ours)
      for (const peer of row.peers) {
        await start(
          peer,
          peer.name,
          options.before?.peers.find(({ name }) => name === peer.name),
        )
        const problems = differences(sides[0]!, sides.at(-1)!, peer.tolerance ?? row.tolerance ?? 1e-3)
        if (problems.length > 0) throw new Error(`we and ${peer.name} do not compute the same: ${problems.join('; ')}`)
      }
      const slowest = Math.max(...sides.map(({ warm }) => warm))
      const rounds = options.rounds ?? (row.peers.length === 0 && slowest > LONG ? 1 : (row.rounds ?? 5))
      const units = Math.max(1, Math.round((row.roundSeconds ?? 3) / slowest))
      say(
        `  ${rounds} rounds, ${units} turns each, a turn ${sides.map(({ warm }) => `${warm.toFixed(3)} s`).join(' and ')}`,
      )
      const { times, memory, others } = await takeTurns(sides, rounds, units)

      const resultOf = (k: number): SideResult => ({
        ...chosen[k]!,
        seconds: median(times[k]!) / (units * sides[k]!.count),
        memoryMb: Math.round(memory[k]!),
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

interface Turns {
  /** seconds of each side and round */
  readonly times: ReadonlyArray<ReadonlyArray<number>>
  /** MB of each side, the most */
  readonly memory: ReadonlyArray<number>
  /** share of the processors that others took */
  readonly others: number | undefined
}

/** Ours, peer, peer, ours, peer, peer, … */
const takeTurns = async (sides: ReadonlyArray<Running>, rounds: number, units: number): Promise<Turns> => {
  const times = sides.map((): number[] => [])
  const memory = sides.map(({ pid }) => watchMemory(pid))
  const used = (): number[] => sides.map(({ pid }) => treeSeconds(pid))
  const asleep = sides.map(() => 0)
  const begun = performance.now()
  const othersShare = watchOthers()
  for (let r = 0; r < rounds; r++) {
    for (const [k, side] of sides.entries()) {
      const from = used()
      times[k]!.push(await memory[k]!.during(() => side.round(units)))
      used().forEach((seconds, j) => j !== k && (asleep[j]! += seconds - from[j]!))
    }
  }
  const others = othersShare()
  const wall = (performance.now() - begun) / 1000
  const restless = asleep.findIndex((seconds) => seconds > MOST_IDLE * wall)
  if (restless >= 0)
    throw new Error(`side ${restless} used ${asleep[restless]!.toFixed(1)} s of processor while it should have slept`)
  return { times, memory: memory.map(({ mostMb }) => mostMb()), others }
}
