// How the film is looked at: two panes or one, zoom, what dragging does.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { modes } from './Choice.ts'
import type { Choice, Mode } from './Choice.ts'
import { button, element } from './element.ts'
import { zoomPane } from './gestures.ts'
import type { Pane } from './pane.ts'
import { WHOLE } from './view.ts'

/** One of several, as radio buttons: arrow keys go through them. */
const choices = <Value extends string>(
  legend: string,
  name: string,
  options: ReadonlyArray<readonly [Value, string]>,
  pick: (value: Value) => void,
): { readonly group: HTMLElement; show(value: Value): void } => {
  const inputs = options.map(([value, words]) => {
    const input = element('input', { type: 'radio', name: `viewer-${name}`, value })
    input.addEventListener('change', () => pick(value))
    return { value, input, label: element('label', { class: 'check' }, input, element('span', {}, words)) }
  })
  return {
    group: element(
      'fieldset',
      { class: 'choices' },
      element('legend', {}, legend),
      ...inputs.map(({ label }) => label),
    ),
    show: (value) => {
      for (const one of inputs) one.input.checked = one.value === value
    },
  }
}

const check = (words: string, set: (on: boolean) => void): { readonly label: HTMLElement; show(on: boolean): void } => {
  const input = element('input', { type: 'checkbox' })
  input.addEventListener('change', () => set(input.checked))
  return {
    label: element('label', { class: 'check' }, input, element('span', {}, words)),
    show: (on) => {
      input.checked = on
    },
  }
}

export const tools = (bench: Bench, panes: readonly [Pane, Pane]): HTMLElement => {
  const { store } = bench
  const mode = choices<Mode>('Two layers', 'mode', Object.entries(modes) as Array<[Mode, string]>, (value) =>
    store.set({ mode: value }),
  )
  const drag = choices<Choice['drag']>(
    'Dragging',
    'drag',
    [
      ['window', 'sets the grey window'],
      ['move', 'moves the film'],
    ],
    (value) => store.set({ drag: value }),
  )
  const invert = check('invert', (on) => store.set({ invert: on }))
  const smooth = check('smooth pixels', (on) => store.set({ smooth: on }))
  const zoom = element('output', { class: 'zoom' })
  store.follow((now) => {
    mode.show(now.mode)
    drag.show(now.drag)
    invert.show(now.invert)
    smooth.show(now.smooth)
    zoom.textContent = `${Math.round(now.view.zoom * 100)} %`
  })
  return element(
    'div',
    { class: 'tools' },
    mode.group,
    drag.group,
    element(
      'div',
      { class: 'zooms', role: 'group', 'aria-label': 'Zoom' },
      button('−', () => zoomPane(bench, panes[0], 0.8), { 'aria-label': 'Zoom out' }),
      zoom,
      button('+', () => zoomPane(bench, panes[0], 1.25), { 'aria-label': 'Zoom in' }),
      button('Whole film', () => store.set({ view: WHOLE })),
    ),
    element('div', { class: 'checks' }, invert.label, smooth.label),
  )
}
