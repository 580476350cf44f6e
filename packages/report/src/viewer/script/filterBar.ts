// The filters: which films stand in the list, and in which order.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { outcomesIn, outcomeOf } from './chooseFilms.ts'
import { sorts } from './Choice.ts'
import type { Choice, Sort } from './Choice.ts'
import { element } from './element.ts'
import { outcomeWord } from './outcomeWords.ts'

interface Option<Value> {
  readonly value: Value
  readonly words: string
}

/** A select over values of any kind: options hold places in the list, never a name of the data. */
const picker = <Value>(
  label: string,
  options: ReadonlyArray<Option<Value>>,
  pick: (value: Value) => void,
): { readonly field: HTMLElement; show(value: Value): void; rename(words: (value: Value) => string): void } => {
  const select = element('select', {}, ...options.map(({ words }, i) => element('option', { value: i }, words)))
  select.addEventListener('change', () => pick(options[select.selectedIndex]!.value))
  return {
    field: element('label', { class: 'field' }, element('span', {}, label), select),
    show: (value) => {
      select.selectedIndex = options.findIndex((option) => option.value === value)
    },
    rename: (words) => options.forEach(({ value }, i) => (select.options[i]!.text = words(value))),
  }
}

const anyOf = (
  values: ReadonlyArray<string>,
  any: string,
  words: (value: string) => string,
): ReadonlyArray<Option<string | undefined>> => [
  { value: undefined, words: any },
  ...values.map((value) => ({ value, words: words(value) })),
]

const counted = (words: string, n: number): string => `${words} (${n})`

export const filterBar = ({ data, store, filter }: Bench): HTMLElement => {
  const { films, arms } = data
  const distinct = (key: 'class' | 'part'): ReadonlyArray<string> =>
    [...new Set(films.map((film) => film[key]))].toSorted()
  const named = (key: 'class' | 'part', any: string) =>
    picker<string | undefined>(
      key,
      anyOf(distinct(key), any, (value) =>
        counted(value === '' ? 'not given' : value, films.filter((film) => film[key] === value).length),
      ),
      (value) => filter({ [key]: value }),
    )
  const find = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' })
  find.addEventListener('input', () => filter({ search: find.value }))
  const sort = picker<Sort>(
    'sorted by',
    (Object.keys(sorts) as Sort[]).map((value) => ({ value, words: sorts[value] })),
    (value) => filter({ sort: value }),
  )
  const byClass = named('class', 'any class')
  const byPart = named('part', 'any part')
  const arm = picker(
    'judged by',
    arms.map((value) => ({ value, words: value })),
    (value) => filter({ arm: value, ...(store.get().against === value ? { against: undefined } : {}) }),
  )
  const outcomes = outcomesIn(data)
  const outcome = picker<string | undefined>('outcome', anyOf(outcomes, 'any outcome', outcomeWord), (value) =>
    filter({ outcome: value }),
  )
  const against = picker<string | undefined>(
    'disagrees with',
    anyOf(arms, 'no matter', (value) => value),
    (value) => filter({ against: value }),
  )
  const nameOutcomes = (now: Choice): void =>
    outcome.rename((value) =>
      value === undefined
        ? 'any outcome'
        : counted(outcomeWord(value), films.filter((film) => outcomeOf(film, now.arm) === value).length),
    )
  store.follow((now, before) => {
    if (now === before || now.arm !== before.arm) nameOutcomes(now)
    if (find.value !== now.search) find.value = now.search
    byClass.show(now.class)
    byPart.show(now.part)
    arm.show(now.arm)
    outcome.show(now.outcome)
    against.show(now.against)
    sort.show(now.sort)
  })
  const judged = arms.length > 0 ? [arm.field, outcome.field] : []
  return element(
    'fieldset',
    { class: 'filters' },
    element('legend', {}, 'Which films'),
    element('label', { class: 'field' }, element('span', {}, 'name holds'), find),
    byClass.field,
    byPart.field,
    ...judged,
    ...(arms.length > 1 ? [against.field] : []),
    sort.field,
  )
}
