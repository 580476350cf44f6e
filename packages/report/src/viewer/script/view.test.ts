import { expect, test } from '@jest/globals'
import { MOST_ZOOM, moveBy, place, WHOLE, zoomAt } from './view.ts'

const pane = { width: 200, height: 200 }
const wide = { width: 100, height: 50 }

test('the whole film touches two edges and stands in the middle', () => {
  expect(place(WHOLE, pane, wide)).toEqual({ scale: 2, left: 0, top: 50 })
})

test('zooming keeps the point under the pointer, up to the edges', () => {
  // (50, 80) of the pane is the picture's (25, 15)
  const view = zoomAt(WHOLE, 4, 50, 80, pane, wide)
  const { scale, left, top } = place(view, pane, wide)
  expect(scale).toBe(8)
  expect(left + 25 * scale).toBeCloseTo(50, 9)
  expect(top + 15 * scale).toBeCloseTo(80, 9)
  // below twice its size the film is not as high as the pane: it stays in its middle
  const near = place(zoomAt(WHOLE, 1.5, 50, 80, pane, wide), pane, wide)
  expect(near.left).toBeCloseTo(-25, 9)
  expect(near).toMatchObject({ scale: 3, top: 25 })
})

test('a film cannot be moved out of its pane, nor zoomed beyond bounds', () => {
  expect(moveBy(WHOLE, 500, 500, pane, wide)).toEqual(WHOLE)
  const view = moveBy({ zoom: 4, x: 0.5, y: 0.5 }, 1e6, 0, pane, wide)
  expect(place(view, pane, wide)).toMatchObject({ left: 0 })
  expect(zoomAt(WHOLE, 1e9, 0, 0, pane, wide).zoom).toBe(MOST_ZOOM)
  expect(zoomAt(WHOLE, 0.1, 0, 0, pane, wide)).toEqual(WHOLE)
})

test('moving by pixels moves by as many', () => {
  const view = moveBy({ zoom: 8, x: 0.5, y: 0.5 }, 30, -12, pane, wide)
  const [before, after] = [place({ zoom: 8, x: 0.5, y: 0.5 }, pane, wide), place(view, pane, wide)]
  expect(after.left - before.left).toBeCloseTo(30, 9)
  expect(after.top - before.top).toBeCloseTo(-12, 9)
})
