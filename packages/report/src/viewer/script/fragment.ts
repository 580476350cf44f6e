// A choice as the part of the address behind `#`, and back: a link leads to the same view, from a file as well. Only what
// differs from the first choice is written.
import type { ViewerData } from '../ViewerData.ts'
import { VIEWER } from '../ViewerData.ts'
import { outcomesIn } from './chooseFilms.ts'
import { firstChoice, modes, sorts } from './Choice.ts'
import type { Choice } from './Choice.ts'
import type { GreyWindow } from './greyWindow.ts'

const HEAD = `#${VIEWER}?`

const short = (value: number): string => String(Number(value.toPrecision(6)))

export const toFragment = (data: ViewerData, choice: Choice): string => {
  const first = firstChoice(data)
  const words = new URLSearchParams()
  const text = (name: string, value: string | undefined, otherwise: string | undefined): void => {
    if (value !== undefined && value !== otherwise) words.append(name, value)
  }
  const flag = (name: string, value: boolean, otherwise: boolean): void => {
    if (value !== otherwise) words.append(name, value ? 'yes' : 'no')
  }
  text('film', data.films[choice.film]?.film, undefined)
  text('find', choice.search, '')
  text('class', choice.class, undefined)
  text('part', choice.part, undefined)
  text('arm', choice.arm, first.arm)
  text('outcome', choice.outcome, undefined)
  text('against', choice.against, undefined)
  text('sort', choice.sort, first.sort)
  text('left', choice.layers[0], first.layers[0])
  text('right', choice.layers[1], first.layers[1])
  text('mode', choice.mode, first.mode)
  text('wipe', short(choice.wipe), short(first.wipe))
  text('least', short(choice.least), short(first.least))
  for (const set of choice.hidden) words.append('hide', set)
  flag('words', choice.words, first.words)
  flag('invert', choice.invert, first.invert)
  flag('smooth', choice.smooth, first.smooth)
  text('drag', choice.drag, first.drag)
  const { zoom, x, y } = choice.view
  if (zoom > 1) words.append('zoom', [zoom, x, y].map(short).join(','))
  for (const [range, { from, to }] of choice.windows) words.append('window', [range, short(from), short(to)].join(','))
  return HEAD + words.toString()
}

const numbers = (text: string, count: number): ReadonlyArray<number> | undefined => {
  const list = text.split(',').map(Number)
  return list.length === count && list.every(Number.isFinite) ? list : undefined
}

const share = (text: string | null, otherwise: number): number => {
  const value = text === null || text === '' ? NaN : Number(text)
  return value >= 0 && value <= 1 ? value : otherwise
}

/**
 * Undefined for a fragment that is not the viewer's. What the data do not have is left at the first choice, so that a
 * link to another run's page opens too.
 */
export const fromFragment = (data: ViewerData, fragment: string): Choice | undefined => {
  if (!fragment.startsWith(HEAD)) return undefined
  const words = new URLSearchParams(fragment.slice(HEAD.length))
  const first = firstChoice(data)
  const among = (name: string, known: ReadonlyArray<string>): string | undefined => {
    const value = words.get(name)
    return value !== null && known.includes(value) ? value : undefined
  }
  const named = <Name extends string>(name: string, known: Readonly<Record<Name, string>>, otherwise: Name): Name =>
    (among(name, Object.keys(known)) as Name | undefined) ?? otherwise
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = words.get(name)
    return value === null ? otherwise : value === 'yes'
  }
  const film = data.films.findIndex((one) => one.film === words.get('film'))
  const view = numbers(words.get('zoom') ?? '', 3)
  const windows = words.getAll('window').flatMap((text): Array<readonly [string, GreyWindow]> => {
    const list = numbers(text, 4)
    return list && list[2]! < list[3]! ? [[`${list[0]!},${list[1]!}`, { from: list[2]!, to: list[3]! }]] : []
  })
  return {
    film: film < 0 ? first.film : film,
    search: words.get('find') ?? '',
    class: among(
      'class',
      data.films.map((one) => one.class),
    ),
    part: among(
      'part',
      data.films.map((one) => one.part),
    ),
    arm: among('arm', data.arms) ?? first.arm,
    outcome: among('outcome', outcomesIn(data)),
    against: among('against', data.arms),
    sort: named('sort', sorts, first.sort),
    layers: [among('left', data.layers) ?? first.layers[0], among('right', data.layers) ?? first.layers[1]],
    mode: named('mode', modes, first.mode),
    wipe: share(words.get('wipe'), first.wipe),
    least: share(words.get('least'), first.least),
    hidden: new Set(words.getAll('hide').filter((set) => data.sets.includes(set))),
    words: flag('words', first.words),
    invert: flag('invert', first.invert),
    smooth: flag('smooth', first.smooth),
    drag: words.get('drag') === 'move' ? 'move' : 'window',
    view: view && view[0]! >= 1 ? { zoom: view[0]!, x: view[1]!, y: view[2]! } : first.view,
    windows: new Map(windows),
  }
}
