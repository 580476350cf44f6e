// Keys, while the focus is in the viewer; a field that takes text or letters of its own keeps them.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import type { Mode } from './Choice.ts'
import { automaticWindow, fullWindow, levelOf, narrowWindow, spanOf, widthOf, windowAt } from './greyWindow.ts'
import { movePane, zoomPane } from './gestures.ts'
import type { Pane } from './pane.ts'
import { WHOLE } from './view.ts'

/** What the help says. */
export const keyHelp: ReadonlyArray<readonly [keys: string, does: string]> = [
  ['j, k', 'next and previous film of the list'],
  ['arrow keys', 'in the list: choose a film; on a film: previous and next, or move it once it is zoomed'],
  ['Shift and arrow keys', 'on a film: read the value of the next pixel'],
  ['+, −, 0', 'zoom in, zoom out, whole film'],
  ['wheel', 'zoom around the pointer, once the film has the focus (click on it), or with Ctrl'],
  ['drag', 'across: width of the grey window; up and down: its level; with Shift, or the middle button: move the film'],
  ['n, m', 'narrower and wider grey window'],
  ['d, u', 'level down and up'],
  ['f, a, q', 'grey window: full range, automatic, narrow'],
  ['i', 'invert'],
  ['s, w, b', 'side by side, wipe, blink'],
  ['x', 'swap left and right'],
  ['h', 'hide or show all boxes'],
  ['?', 'open or close this list'],
]

const modeKeys: Readonly<Record<string, Mode>> = { s: 'side', w: 'wipe', b: 'blink' }
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** CSS pixels that one press moves a film. */
const STRIDE = 48

const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'search')

export const listenToKeys = (root: HTMLElement, bench: Bench, panes: readonly [Pane, Pane], help: () => void): void => {
  const { data, store, probe, step } = bench
  const onWindow = (pane: Pane, level: number, width: number): void => {
    const [range, window] = [pane.range(), pane.window()]
    const span = spanOf(range)
    pane.setWindow(windowAt(range, levelOf(window) + level * span, widthOf(window) * width))
  }
  const automatic = (pane: Pane): void => {
    const pixels = pane.pixels()
    if (pixels) pane.setWindow(automaticWindow(pane.range(), pixels))
  }
  const anywhere = (key: string, pane: Pane): boolean => {
    const now = store.get()
    const mode = Object.hasOwn(modeKeys, key) ? modeKeys[key] : undefined
    if (mode) store.set({ mode })
    else if (key === 'j') step(1)
    else if (key === 'k') step(-1)
    else if (key === '+' || key === '=') zoomPane(bench, pane, 1.25)
    else if (key === '-') zoomPane(bench, pane, 0.8)
    else if (key === '0') store.set({ view: WHOLE })
    else if (key === 'n') onWindow(pane, 0, 0.9)
    else if (key === 'm') onWindow(pane, 0, 1 / 0.9)
    else if (key === 'd') onWindow(pane, -0.02, 1)
    else if (key === 'u') onWindow(pane, 0.02, 1)
    else if (key === 'f') pane.setWindow(fullWindow(pane.range()))
    else if (key === 'a') automatic(pane)
    else if (key === 'q') pane.setWindow(narrowWindow(pane.range(), pane.window()))
    else if (key === 'i') store.set({ invert: !now.invert })
    else if (key === 'x') store.set({ layers: [now.layers[1], now.layers[0]] })
    else if (key === 'h') store.set({ hidden: new Set(now.hidden.size === data.sets.length ? [] : data.sets) })
    else if (key === '?') help()
    else return false
    return true
  }
  /** Without a pointer, reading starts in the middle of what is seen. */
  const read = (pane: Pane, dx: number, dy: number): void => {
    const { width, height } = pane.pictureSize()
    const { x, y } = probe.get().at ?? store.get().view
    const moved = (at: number, by: number, side: number): number =>
      (Math.min(Math.max(Math.floor(at * side) + by, 0), side - 1) + 0.5) / side
    probe.set({ at: { x: moved(x, dx, width), y: moved(y, dy, height) } })
  }
  const onFilm = (event: KeyboardEvent, pane: Pane): boolean => {
    const arrow = Object.hasOwn(arrows, event.key) ? arrows[event.key] : undefined
    if (!arrow) return false
    const [dx, dy] = arrow
    if (event.shiftKey) read(pane, dx, dy)
    else if (store.get().view.zoom > 1) movePane(bench, pane, -dx * STRIDE, -dy * STRIDE)
    else if (dx !== 0) step(dx > 0 ? 1 : -1)
    else return false
    return true
  }
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return
    const focused = panes.find(({ sight }) => sight === event.target)
    if ((focused && onFilm(event, focused)) || anywhere(event.key, focused ?? panes[0])) event.preventDefault()
  })
}
