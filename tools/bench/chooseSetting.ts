// The best of a side's settings: each is started in a process of its own and timed over some units. Kept with the row, so
// that a row measured again need not search again while the side stays the same.
import { watchOthers } from './processTree.ts'
import type { Choice, Trial } from './RowResult.ts'
import type { Settings, Side } from './Row.ts'
import type { Given } from './side.ts'
import { startSide } from './startSide.ts'

/** A trial's units take about this long, at least one beside the warm one. */
const TRIAL_SECONDS = 4
/** A setting whose second unit takes this many times the quickest so far is not timed further. */
const HOPELESS = 1.5

export const settingText = (setting: Settings): string => Object.values(setting).map(String).join(', ')

/** What a choice depends on, but for the side's versions. */
export const searchOf = (side: Side, settings: Settings & Given): string => {
  const { scratch: _, smoke: __, ...given } = settings
  return JSON.stringify([side.program, given, side.choices ?? [], side.refinements ?? []])
}

interface SearchOptions {
  /** as the lines that are said name it */
  readonly name: string
  readonly python: string | undefined
  readonly say: (line: string) => void
}

const time = async (side: Side, settings: Settings & Given, python: string | undefined, toBeat: number) => {
  const running = await startSide(side, settings, python)
  try {
    let best = running.warm
    if (best > HOPELESS * toBeat) return best
    const units = Math.max(1, Math.min(10, Math.round(TRIAL_SECONDS / running.warm)))
    for (let i = 0; i < units; i++) best = Math.min(best, await running.round(1))
    return best
  } finally {
    await running.stop()
  }
}

const quickest = (tried: ReadonlyArray<Trial>): Trial | undefined =>
  tried.filter(({ seconds }) => seconds !== undefined).toSorted((a, b) => a.seconds! - b.seconds!)[0]

/** The choices are tried first, then each refinement over the quickest of them. @throws Error when none of the settings runs */
export const chooseSetting = async (
  side: Side,
  settings: Settings & Given,
  { name, python, say }: SearchOptions,
): Promise<Choice> => {
  const { choices = [], refinements = [] } = side
  const searched = searchOf(side, settings)
  if (choices.length + refinements.length === 0) return { setting: {}, tried: [], searched }
  const tried: Trial[] = []
  const attempt = async (setting: Settings): Promise<void> => {
    const label = `  ${name}, ${settingText(setting) || 'as it is'}`
    try {
      const seconds = await time(side, { ...settings, ...setting }, python, quickest(tried)?.seconds ?? Infinity)
      tried.push({ setting, seconds })
      say(`${label}: ${seconds.toPrecision(3)} s`)
    } catch (error) {
      const failed = (error as Error).message
      tried.push({ setting, failed: failed.split('\n').at(-1)! })
      say(`${label}: ${failed}`)
    }
  }
  const othersShare = watchOthers()
  for (const setting of choices.length > 0 ? choices : [{}]) await attempt(setting)
  const first = quickest(tried)
  if (first === undefined) throw new Error(`${name} runs with none of its settings`)
  for (const refinement of refinements) await attempt({ ...first.setting, ...refinement })
  const searchOthers = othersShare()
  return { setting: quickest(tried)!.setting, tried, searched, ...(searchOthers !== undefined && { searchOthers }) }
}
