// Pointer and wheel on a film: dragging sets window and level as on a radiologist's workstation (across for the width, up
// and down for the level) or moves the film; two fingers zoom; the wheel zooms once the film has the focus, lest it catch
// a reader who only scrolls past.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { levelOf, spanOf, widthOf, windowAt } from './greyWindow.ts'
import type { Pane } from './pane.ts'
import { moveBy, zoomAt } from './view.ts'

interface Point {
  readonly x: number
  readonly y: number
}

const middleOf = (points: ReadonlyArray<Point>): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})
const spreadOf = ([a, b]: ReadonlyArray<Point>): number => Math.hypot(a!.x - b!.x, a!.y - b!.y)

export const zoomPane = ({ store }: Bench, pane: Pane, factor: number, at?: Point): void => {
  const size = pane.size()
  const { x, y } = at ?? { x: size.width / 2, y: size.height / 2 }
  store.set({ view: zoomAt(store.get().view, factor, x, y, size, pane.pictureSize()) })
}
export const movePane = ({ store }: Bench, pane: Pane, dx: number, dy: number): void =>
  store.set({ view: moveBy(store.get().view, dx, dy, pane.size(), pane.pictureSize()) })

export const listenToPointer = (bench: Bench, pane: Pane): void => {
  const { store, probe } = bench
  const { sight } = pane
  const down = new Map<number, Point>()
  let moves = false

  const pointOf = (event: MouseEvent): Point => {
    const box = sight.getBoundingClientRect()
    return { x: event.clientX - box.left - sight.clientLeft, y: event.clientY - box.top - sight.clientTop }
  }
  const point = (at: Point): void => {
    const { left, top, scale } = pane.placed()
    const { width, height } = pane.pictureSize()
    const [x, y] = [(at.x - left) / (scale * width), (at.y - top) / (scale * height)]
    probe.set({ at: x >= 0 && x < 1 && y >= 0 && y < 1 ? { x, y } : undefined })
  }
  const dragWindow = (dx: number, dy: number): void => {
    const [range, window, size] = [pane.range(), pane.window(), pane.size()]
    const span = spanOf(range)
    const width = widthOf(window) + (dx / size.width) * span
    pane.setWindow(windowAt(range, levelOf(window) - (dy / size.height) * span, width))
  }

  sight.addEventListener('pointerdown', (event) => {
    if (event.button === 2) return
    sight.setPointerCapture(event.pointerId)
    down.set(event.pointerId, pointOf(event))
    moves = (store.get().drag === 'move') !== (event.shiftKey || event.button === 1)
    if (event.button === 1) event.preventDefault()
  })
  sight.addEventListener('pointermove', (event) => {
    const now = pointOf(event)
    const last = down.get(event.pointerId)
    if (last && down.size === 1) {
      if (moves) movePane(bench, pane, now.x - last.x, now.y - last.y)
      else dragWindow(now.x - last.x, now.y - last.y)
    }
    if (last && down.size === 2) {
      const before = [...down.values()]
      down.set(event.pointerId, now)
      const after = [...down.values()]
      const [from, to] = [middleOf(before), middleOf(after)]
      movePane(bench, pane, to.x - from.x, to.y - from.y)
      if (spreadOf(before) > 0) zoomPane(bench, pane, spreadOf(after) / spreadOf(before), to)
    }
    if (last) down.set(event.pointerId, now)
    point(now)
  })
  for (const end of ['pointerup', 'pointercancel'] as const)
    sight.addEventListener(end, (event) => down.delete(event.pointerId))
  sight.addEventListener('pointerleave', () => probe.set({ at: undefined }))
  sight.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && document.activeElement !== sight) return
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 0 ? 0.002 : 0.06))
      // at the whole film, turning further back scrolls the page
      if (factor < 1 && store.get().view.zoom === 1 && !event.ctrlKey) return
      event.preventDefault()
      zoomPane(bench, pane, factor, pointOf(event))
      point(pointOf(event))
    },
    { passive: false },
  )
}
