// Where a film lies in its pane. Both panes share one view, in shares of the film, so that they stay in step whatever the
// sizes of their pictures.

export interface View {
  /** 1 shows the whole film */
  readonly zoom: number
  /** the point of the film at the middle of the pane, in shares of its sides */
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** The film on screen: its top left corner in the pane, and CSS pixels a pixel of the picture. */
export interface Placed {
  readonly left: number
  readonly top: number
  readonly scale: number
}

export const WHOLE: View = { zoom: 1, x: 0.5, y: 0.5 }
export const MOST_ZOOM = 20

const scaleOf = (zoom: number, pane: Size, picture: Size): number =>
  zoom * Math.min(pane.width / picture.width, pane.height / picture.height)

/** A film wider than the pane reaches both of its edges, a narrower one stands in the middle. */
const settled = (at: number, pane: number, film: number): number => {
  const half = pane / (2 * film)
  return half >= 0.5 ? 0.5 : Math.min(Math.max(at, half), 1 - half)
}

const settle = (view: View, pane: Size, picture: Size): View => {
  const zoom = Math.min(Math.max(view.zoom, 1), MOST_ZOOM)
  const scale = scaleOf(zoom, pane, picture)
  return {
    zoom,
    x: settled(view.x, pane.width, picture.width * scale),
    y: settled(view.y, pane.height, picture.height * scale),
  }
}

export const place = (view: View, pane: Size, picture: Size): Placed => {
  const { zoom, x, y } = settle(view, pane, picture)
  const scale = scaleOf(zoom, pane, picture)
  return {
    scale,
    left: pane.width / 2 - x * picture.width * scale,
    top: pane.height / 2 - y * picture.height * scale,
  }
}

/** Zooms by a factor; the point of the film at (px, py) of the pane stays there, but for the edges. */
export const zoomAt = (view: View, factor: number, px: number, py: number, pane: Size, picture: Size): View => {
  const before = place(view, pane, picture)
  const zoom = Math.min(Math.max(view.zoom * factor, 1), MOST_ZOOM)
  const scale = scaleOf(zoom, pane, picture)
  const x = (px - before.left) / before.scale
  const y = (py - before.top) / before.scale
  const middle = { x: x - (px - pane.width / 2) / scale, y: y - (py - pane.height / 2) / scale }
  return settle({ zoom, x: middle.x / picture.width, y: middle.y / picture.height }, pane, picture)
}

/** Moves the film by CSS pixels. */
export const moveBy = (view: View, dx: number, dy: number, pane: Size, picture: Size): View => {
  const now = settle(view, pane, picture)
  const scale = scaleOf(now.zoom, pane, picture)
  const moved = { zoom: now.zoom, x: now.x - dx / (picture.width * scale), y: now.y - dy / (picture.height * scale) }
  return settle(moved, pane, picture)
}
