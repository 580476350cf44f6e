// The best of a peer's settings: each is started in a process of its own and timed over some units. Kept with the row, so
// that a row measured again need not search again while the peer's versions stay.
import type { PeerResult, Trial } from './RowResult.ts'
import type { Peer, Settings } from './Row.ts'
import type { Given } from './side.ts'
import { startSide } from './startSide.ts'

/** A trial's units take about this long, at least two. */
const TRIAL_SECONDS = 4

export const settingText = (setting: Settings): string => Object.values(setting).map(String).join(', ')

const time = async (peer: Peer, settings: Settings & Given, python: string | undefined): Promise<number> => {
  const running = await startSide(peer, settings, python)
  try {
    let best = running.warm
    const units = Math.max(2, Math.min(10, Math.round(TRIAL_SECONDS / running.warm)))
    for (let i = 0; i < units; i++) best = Math.min(best, await running.round(1))
    return best
  } finally {
    await running.stop()
  }
}

/** @throws Error when none of the settings runs */
export const chooseSetting = async (
  peer: Peer,
  settings: Settings & Given,
  { python, say }: { readonly python: string | undefined; readonly say: (line: string) => void },
): Promise<Pick<PeerResult, 'setting' | 'tried'>> => {
  const { choices = [] } = peer
  if (choices.length === 0) return { setting: {}, tried: [] }
  const tried: Trial[] = []
  for (const setting of choices) {
    try {
      const seconds = await time(peer, { ...settings, ...setting }, python)
      tried.push({ setting, seconds })
      say(`  ${peer.name}, ${settingText(setting)}: ${seconds.toFixed(3)} s`)
    } catch (error) {
      const failed = (error as Error).message
      tried.push({ setting, failed: failed.split('\n').at(-1)! })
      say(`  ${peer.name}, ${settingText(setting)}: ${failed}`)
    }
  }
  const best = tried.filter(({ seconds }) => seconds !== undefined).toSorted((a, b) => a.seconds! - b.seconds!)[0]
  if (best === undefined) throw new Error(`${peer.name} runs with none of its settings`)
  return { setting: best.setting, tried }
}
