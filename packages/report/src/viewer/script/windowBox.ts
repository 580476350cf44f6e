// Window and level of one pane: two sliders, three presets, and what they mean in the layer's own units.
/// <reference lib="dom" />
import {
  automaticWindow,
  fullWindow,
  levelOf,
  narrowWindow,
  spanOf,
  valueText,
  widthOf,
  windowAt,
} from './greyWindow.ts'
import type { Bench } from './Bench.ts'
import { button, element } from './element.ts'
import type { Pane } from './pane.ts'
import { sides } from './pane.ts'

/** Steps of a slider over the range: one grey each. */
const STEPS = 255

const slider = (label: string, move: (value: number) => void) => {
  const input = element('input', { type: 'range' })
  const shown = element('output', {})
  input.addEventListener('input', () => move(Number(input.value)))
  return {
    field: element('label', { class: 'field slide' }, element('span', {}, label), input, shown),
    show: (low: number, high: number, value: number, words: string): void => {
      input.min = String(low)
      input.max = String(high)
      input.step = String((high - low) / STEPS)
      // a slider that is being moved keeps its own place: the value that it gave is the value that is set
      if (Math.abs(Number(input.value) - value) > (high - low) / (2 * STEPS)) input.value = String(value)
      input.setAttribute('aria-valuetext', words)
      shown.textContent = words
    },
  }
}

export const windowBox = ({ store }: Bench, pane: Pane): HTMLElement => {
  const { range, window, setWindow } = pane
  const level = slider('level', (value) => setWindow(windowAt(range(), value, widthOf(window()))))
  const width = slider('width', (value) => setWindow(windowAt(range(), levelOf(window()), value)))
  const ends = element('p', { class: 'ends-of' })
  const automatic = button('Automatic', () => {
    const pixels = pane.pixels()
    if (pixels) setWindow(automaticWindow(range(), pixels))
  })
  const box = element(
    'fieldset',
    { class: 'window' },
    element('legend', {}, `Grey window, ${sides[pane.side]}`),
    level.field,
    width.field,
    ends,
    element(
      'div',
      { class: 'presets' },
      button('Full range', () => setWindow(fullWindow(range()))),
      automatic,
      button('Narrow', () => setWindow(narrowWindow(range(), window()))),
    ),
  )
  const draw = (): void => {
    const [whole, now] = [range(), window()]
    const { from, to } = fullWindow(whole)
    const words = (value: number): string => valueText(whole, value)
    level.show(from, to, levelOf(now), words(levelOf(now)))
    width.show(spanOf(whole) / STEPS, spanOf(whole), widthOf(now), words(widthOf(now)))
    const [black, white] = store.get().invert ? [now.to, now.from] : [now.from, now.to]
    ends.textContent = `black ${words(black)}, white ${words(white)}; the layer runs from ${words(from)} to ${words(to)}`
    box.hidden = pane.layer() === undefined
  }
  store.follow(draw)
  pane.onLoad(() => {
    const refused = pane.pixels() === undefined
    automatic.setAttribute('aria-disabled', String(refused))
    automatic.title = refused
      ? 'The browser lets no script read pictures that are files; it can where the page comes from a server'
      : 'From the 2nd to the 98th of a hundred pixels of this picture'
  })
  return box
}
