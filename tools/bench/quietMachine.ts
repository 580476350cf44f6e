// Whether the machine is quiet enough to time anything. Used before the first row and between rows. Where others are not seen
// (in a container) nothing is waited for: the rows are marked.
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { othersSeconds, watchOthers } from './processTree.ts'
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
  if (othersSeconds() === undefined) return say('what else runs on these processors is not known: the rows are marked')
  const until = Date.now() + 1000 * PATIENCE_SECONDS
  for (let said = false; loadavg()[0]! > MOST_LOAD; said = true) {
    const load = loadavg()[0]!.toFixed(2)
    if (Date.now() > until) throw new BusyMachineError(`the load is still ${load} after ${PATIENCE_SECONDS} s`)
    if (!said) say(`the load is ${load}; waiting until it is ${MOST_LOAD}, at most ${PATIENCE_SECONDS} s`)
    await sleep(2000)
  }
}

/**
 * Looks for two seconds at what others take. Between rows the load average tells nothing: it is our own last row's.
 * @throws BusyMachineError when others use the processors for half a minute on end
 */
export const waitForIdle = async (say: (line: string) => void): Promise<void> => {
  for (let tries = 0; ; tries++) {
    const othersShare = watchOthers()
    await sleep(2000)
    const share = othersShare()
    if (share === undefined || share <= MOST_OTHERS) return
    const percent = `others use ${(100 * share).toFixed(1)} % of the processors`
    if (tries === 15) throw new BusyMachineError(percent)
    if (tries === 0) say(`${percent}; waiting`)
  }
}
