/**
 * One line a row of the acceptance list: what the paper says, what this run did, our figure beside the paper's, and whether
 * there is one. A figure is taken from the run's metrics by (arm, part, metric), from its counts, or it is not there: then the
 * line says why. Pure; `list-rows` wires it.
 */
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { figuresText, numberText } from './figureText.ts'
import type { Choice, Found, Measure, PaperRow } from './PaperRow.ts'
import type { Settings, SettingValue } from './settings.ts'

/**
 * `in this run`: carried out, and nothing to measure. `measured in part`: the figure names what is not there.
 */
export type RowState = 'measured' | 'measured in part' | 'in this run' | 'not yet run'

export interface RowCells {
  readonly row: string
  readonly says: string
  readonly flag: string
  readonly here: string
  /** never empty: a figure, or why there is none */
  readonly figure: string
  readonly paper: string
  readonly state: RowState
}

export interface RunFacts {
  readonly metrics: ReadonlyArray<MetricRow>
  /** sentences by the names that rows count by; absent where there is nothing to count */
  readonly counts: Readonly<Record<string, string | undefined>>
  /** why a count may be absent, by its name */
  readonly noCount: Readonly<Record<string, string>>
  /** of the whole pipeline, whether they are in the run or not */
  readonly arms: ReadonlyArray<string>
  readonly settings: Settings
  /** training seeds behind figures of arms @default 1 */
  readonly seeds?: number
  readonly notBuilt: ReadonlyArray<{ readonly row: string; readonly what: string }>
}

export const rowCells = (rows: ReadonlyArray<PaperRow>, facts: RunFacts): ReadonlyArray<RowCells> => {
  const present = new Set(facts.metrics.map((row) => row.arm))
  return rows.map((row) => ({
    row: row.id,
    says: row.says,
    flag: row.flag,
    here: choiceText(row.here, facts.settings),
    paper: row.paper,
    ...judged(row, facts, present),
  }))
}

const valueText = (value: SettingValue): string =>
  typeof value === 'boolean'
    ? value
      ? 'on'
      : 'off'
    : typeof value === 'number'
      ? value.toLocaleString('en', { maximumSignificantDigits: 6 })
      : value

const choiceText = ({ parts, settings }: Choice, values: Settings): string => {
  const texts = settings.map((name) => values[name]?.map(valueText).join(' and '))
  return texts.includes(undefined)
    ? 'built; no stage of it in this run'
    : parts.map((part, i) => part + (texts[i] ?? '')).join('')
}

const judged = (
  row: PaperRow,
  { metrics, counts, noCount, arms, notBuilt, seeds = 1 }: RunFacts,
  present: ReadonlySet<string>,
): Pick<RowCells, 'figure' | 'state'> => {
  const lacking = notBuilt.filter((one) => one.row === row.id).map(({ what }) => what)
  if (lacking.length > 0) return { state: 'not yet run', figure: `not built: ${lacking.join('; ')}` }

  const { counts: named = [], measures = [], sum, lacks, carriedOut } = row
  const counted = named.flatMap((name) => counts[name] ?? [])
  const looked = measures.map((measure) => ({ measure, found: foundOf(measure, metrics) }))
  const found = looked.flatMap((one) => one.found)
  const missing = looked.filter((one) => one.found.length === 0 && !one.measure.extra).map((one) => one.measure)
  const reasons = [
    ...named.filter((name) => counts[name] === undefined).map((name) => noCount[name] ?? `no ${name}`),
    ...absence(missing, { present, known: new Set(arms) }),
    ...(lacks === undefined ? [] : [lacks]),
  ]
  const required = named.length + measures.filter((measure) => !measure.extra).length
  const measured = found.length === 0 ? [] : [sum ? sum(found, seeds) : figuresText(found, inBrackets(metrics))]
  const texts = [...counted, ...measured]
  if (required === 0 && texts.length === 0)
    return lacks === undefined
      ? { state: 'in this run', figure: 'carried out; no number' }
      : { state: 'measured in part', figure: `carried out; no number. Not yet: ${lacks}` }
  if (reasons.length === 0) return { state: carriedOut ? 'in this run' : 'measured', figure: texts.join('; ') }
  const had = counted.length + found.filter(({ measure }) => !measure.extra).length
  return had === 0
    ? { state: 'not yet run', figure: [...reasons, ...texts].join('; ') }
    : { state: 'measured in part', figure: `${texts.join('; ')}. Not yet: ${reasons.join('; ')}` }
}

/**
 * Its metric with all that follow in brackets, of the arm or of each that has it, or nothing: a number that could not be
 * computed is none. Of several rows of one name the first counts. A metric that ends in `*` is every one whose name begins so, such as
 * a distance in the features of each extractor, shown with its whole name.
 */
const foundOf = (measure: Measure, metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Found> => {
  const { part, metric, label, more = [] } = measure
  const open = metric.endsWith('*')
  const isMeant = (name: string): boolean => (open ? name.startsWith(metric.slice(0, -1)) : name === metric)
  const same = metrics.filter((row) => isMeant(row.metric) && row.part === part && !Number.isNaN(row.value))
  const arms = measure.arm === null ? [...new Set(same.map((row) => row.arm))] : [measure.arm]
  return arms.flatMap((arm) => {
    if (moreOf(measure, arm, metrics).length < more.length) return []
    const own = same.filter((row) => row.arm === arm)
    const first = own.filter((row, i) => own.findIndex(({ metric: name }) => name === row.metric) === i)
    return first.map((row): Found => {
      const { value, low, high, n } = row
      const wide = metrics.find(
        (one) => one.arm === arm && one.part === part && one.metric === `${row.metric}-simultaneous`,
      )
      const together = wide && !Number.isNaN(wide.low) ? { together: { low: wide.low, high: wide.high } } : {}
      const named = [...(measure.arm === null ? [arm] : []), ...(open ? [row.metric] : [])]
      return {
        measure: { ...measure, arm, label: named.length === 0 ? label : `${label} (${named.join(', ')})` },
        value,
        low,
        high,
        n,
        ...together,
      }
    })
  })
}

const moreOf = ({ more = [], part }: Measure, arm: string | null, metrics: ReadonlyArray<MetricRow>) =>
  more.flatMap(
    (metric) =>
      metrics.find(
        (row) => row.arm === arm && row.part === part && row.metric === metric && !Number.isNaN(row.value),
      ) ?? [],
  )

const inBrackets =
  (metrics: ReadonlyArray<MetricRow>) =>
  ({ measure }: Found): string => {
    const more = moreOf(measure, measure.arm, metrics).map((row) => numberText(row.value))
    return more.length === 0 ? '' : ` (${more.join('/')})`
  }

/** More than a reader wants to read one by one are counted. */
const namesText = (names: ReadonlyArray<string>): string => {
  const shown = names.length <= 4 ? names : names.slice(0, 2)
  const rest = names.length - shown.length
  return shown.map((name) => `“${name}”`).join(', ') + (rest === 0 ? '' : ` and ${rest} more`)
}

/** Why metrics are missing: arms that were not run come together. */
const absence = (
  missing: ReadonlyArray<Measure>,
  { present, known }: Readonly<Record<'present' | 'known', ReadonlySet<string>>>,
): ReadonlyArray<string> => {
  const armsOf = ({ arm }: Measure): ReadonlyArray<string> =>
    (arm ?? '').split(BETWEEN).filter((name) => known.has(name) && !present.has(name))
  const arms = [...new Set(missing.flatMap(armsOf))]
  const others = missing
    .filter((measure) => armsOf(measure).length === 0)
    .map(({ needs, label }) => needs ?? `“${label}” not measured in this run`)
  return [...(arms.length === 0 ? [] : [`no arm ${namesText(arms)} in this run`]), ...new Set(others)]
}
