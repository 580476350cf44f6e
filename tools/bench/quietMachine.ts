// Whether the machine is quiet enough to time anything. Used before the first row and between rows.
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { machineSeconds } from './processTree.ts'
import { MOST_OTHERS } from './RowResult.ts'

/** The 1-minute load above which nothing is timed. */
const MOST_LOAD = 0.3
const PATIENCE_SECONDS = 300

/** The machine is busy with other work. */
export class BusyMachineError extends Error {
  readonly _tag = 'BusyMachineError'
  constructor(problem: string) {
    super(`${problem}: end what else runs here, or pass --any-load and get marked figures`)
  }
}

/** Waits until the load has fallen. @throws BusyMachineError when it does not */
export const waitForLowLoad = async (say: (line: string) => void): Promise<void> => {
  const until = Date.now() + 1000 * PATIENCE_SECONDS
  for (let said = false; loadavg()[0]! > MOST_LOAD; said = true) {
    const load = loadavg()[0]!.toFixed(2)
    if (Date.now() > until) throw new BusyMachineError(`the load is still ${load} after ${PATIENCE_SECONDS} s`)
    if (!said) say(`the load is ${load}; waiting until it is ${MOST_LOAD}, at most ${PATIENCE_SECONDS} s`)
    await sleep(2000)
  }
}

/**
 * Looks at the processors for two seconds. Between rows the load average tells nothing: it is our own last row's.
 * @throws BusyMachineError when others use them for half a minute on end
 */
export const waitForIdle = async (say: (line: string) => void): Promise<void> => {
  for (let tries = 0; ; tries++) {
    const from = machineSeconds()
    await sleep(2000)
    const share = (machineSeconds() - from) / (2 * availableParallelism())
    if (share <= MOST_OTHERS) return
    const percent = `${(100 * share).toFixed(0)} % of the processors are in use`
    if (tries === 15) throw new BusyMachineError(percent)
    if (tries === 0) say(`${percent}; waiting`)
  }
}
