// One pane: a layer of the film under a window, its boxes, and the value pointed at. The window is an SVG filter on the
// picture: it maps greys exactly, also where a script may not read the picture (from a file, beside the page), and costs
// nothing to change. Drawing greys through a table onto a canvas would do neither.
/// <reference lib="dom" />
import type { LayerData } from '../ViewerData.ts'
import type { Bench } from './Bench.ts'
import type { Choice } from './Choice.ts'
import { drawMarks, marksShown } from './drawMarks.ts'
import { element, isolated, svgElement } from './element.ts'
import { fullWindow, rangeKey, rangeOf, transferOf, valueOf, valueText } from './greyWindow.ts'
import type { GreyWindow, Range } from './greyWindow.ts'
import { readPixels } from './readPixels.ts'
import { place } from './view.ts'
import type { Placed, Size } from './view.ts'

export type Side = 0 | 1
export const sides = ['left', 'right'] as const

export interface Pane {
  readonly side: Side
  readonly head: HTMLElement
  /** the film's ground: takes keys, wheel and pointer */
  readonly sight: HTMLElement
  readonly reading: HTMLElement
  /** undefined where the film has no such layer */
  layer(): LayerData | undefined
  range(): Range
  window(): GreyWindow
  setWindow(window: GreyWindow): void
  size(): Size
  pictureSize(): Size
  placed(): Placed
  /** greys 0 to 255; undefined until the picture is there, or where it cannot be read */
  pixels(): Uint8Array | undefined
  /** called whenever the picture has loaded */
  onLoad(act: () => void): void
}

export const layerOf = ({ data }: Bench, choice: Choice, side: Side): LayerData | undefined =>
  data.films[choice.film]?.layers.find(({ layer }) => layer === choice.layers[side])

const linear = (): ReadonlyArray<SVGElement> =>
  (['feFuncR', 'feFuncG', 'feFuncB'] as const).map((name) => svgElement(name, { type: 'linear' }))

export const makePane = (bench: Bench, side: Side): Pane => {
  const { data, address, store, probe } = bench
  const name = sides[side]
  const functions = linear()
  const filter = svgElement(
    'svg',
    { class: 'filter', 'aria-hidden': 'true', width: 0, height: 0 },
    svgElement(
      'filter',
      { id: `viewer-grey-${side}`, 'color-interpolation-filters': 'sRGB', x: 0, y: 0, width: 1, height: 1 },
      svgElement('feComponentTransfer', {}, ...functions),
    ),
  )
  const image = element('img', { class: 'film', draggable: 'false', style: `filter:url(#viewer-grey-${side})` })
  const marks = svgElement('svg', { class: 'marks', 'aria-hidden': 'true' })
  const cross = svgElement('path', { class: 'cross' })
  const crossed = svgElement('svg', { class: 'marks', 'aria-hidden': 'true' }, cross)
  const missing = element('p', { class: 'missing' })
  const tag = element('span', { class: 'tag', 'aria-hidden': 'true' })
  const sight = element(
    'div',
    { class: 'sight', tabindex: 0, role: 'group', 'aria-label': `${name} film`, 'aria-describedby': 'viewer-keys' },
    filter,
    image,
    marks,
    crossed,
    missing,
    tag,
  )
  const select = element('select', {}, ...data.layers.map((layer, i) => element('option', { value: i }, layer)))
  const head = element('label', { class: 'field head' }, element('span', {}, `${name} shows`), select)
  const reading = element('p', { class: 'reading' })
  select.addEventListener('change', () => {
    const layers: [string, string] = [...store.get().layers]
    layers[side] = data.layers[select.selectedIndex]!
    store.set({ layers })
  })

  const layer = (): LayerData | undefined => layerOf(bench, store.get(), side)
  const range = (): Range => rangeOf(layer() ?? { low: 0, high: 1 })
  const window = (): GreyWindow => store.get().windows.get(rangeKey(range())) ?? fullWindow(range())
  /** with its fractions: `clientWidth` is rounded, which at 20 times the size is several pixels */
  const size = (): Size => {
    const { width, height } = sight.getBoundingClientRect()
    return { width: Math.max(width, 1), height: Math.max(height, 1) }
  }
  const pictureSize = (): Size => {
    const { width, height } = layer() ?? { width: 1, height: 1 }
    return { width: Math.max(width, 1), height: Math.max(height, 1) }
  }
  const placed = (): Placed => place(store.get().view, size(), pictureSize())
  let greys: Uint8Array | undefined
  let readable = true
  const loaded: Array<() => void> = []

  const drawGrey = (): void => {
    const { slope, intercept } = transferOf(range(), window(), store.get().invert)
    for (const one of functions) {
      one.setAttribute('slope', String(slope))
      one.setAttribute('intercept', String(intercept))
    }
  }
  const drawPlace = (): void => {
    const now = store.get()
    const shown = layer()
    const at = placed()
    const { width, height } = pictureSize()
    Object.assign(image.style, {
      left: `${at.left}px`,
      top: `${at.top}px`,
      width: `${width * at.scale}px`,
      height: `${height * at.scale}px`,
      imageRendering: now.smooth ? 'auto' : 'pixelated',
    })
    const film = data.films[now.film]
    drawMarks(marks, data, film && shown ? marksShown(film, shown.frame, now) : [], at, size(), now.words)
    drawProbe()
  }
  /** Where the reader points, in either pane: the value of this pane's layer there. */
  const drawProbe = (): void => {
    const { at } = probe.get()
    const shown = layer()
    if (!at || !shown) {
      cross.setAttribute('d', '')
      reading.textContent = shown ? 'Point at the film for a value.' : ''
      return
    }
    const { width, height } = pictureSize()
    const [x, y] = [at.x * width, at.y * height]
    const [px, py] = [Math.min(Math.floor(x), width - 1), Math.min(Math.floor(y), height - 1)]
    const { left, top, scale } = placed()
    const [cx, cy] = [left + x * scale, top + y * scale]
    cross.setAttribute(
      'd',
      `M${cx - 9} ${cy}H${cx - 3}M${cx + 3} ${cy}H${cx + 9}M${cx} ${cy - 9}V${cy - 3}M${cx} ${cy + 3}V${cy + 9}`,
    )
    reading.replaceChildren(`x ${px}, y ${py}: `)
    const grey = greys?.[py * width + px]
    if (grey !== undefined) {
      const value = valueOf(range(), grey)
      reading.append(element('data', { value, title: value }, valueText(range(), value)))
    } else reading.append(readable ? '…' : 'the browser lets no script read pictures that are files')
  }
  const drawPicture = (): void => {
    const now = store.get()
    const film = data.films[now.film]
    const shown = layer()
    select.selectedIndex = data.layers.indexOf(now.layers[side])
    data.layers.forEach((one, i) => {
      select.options[i]!.disabled = film ? !film.layers.some(({ layer }) => layer === one) : true
    })
    image.hidden = !shown
    missing.replaceChildren(...(shown ? [] : ['This film has no layer ', isolated(now.layers[side])]))
    tag.replaceChildren(isolated(shown?.layer ?? ''))
    const source = shown ? address(shown) : ''
    if (image.getAttribute('src') !== source) {
      greys = undefined
      readable = true
      if (shown) image.src = source
      else image.removeAttribute('src')
    }
    image.alt = shown ? `${film!.film}, ${shown.layer}` : ''
  }

  image.addEventListener('load', () => {
    greys = readPixels(image)
    readable = greys !== undefined
    drawProbe()
    for (const act of loaded) act()
  })
  const drawAll = (): void => {
    drawPicture()
    drawGrey()
    drawPlace()
  }
  store.follow(drawAll)
  probe.follow(drawProbe)
  new ResizeObserver(drawPlace).observe(sight)

  return {
    side,
    head,
    sight,
    reading,
    layer,
    range,
    window,
    setWindow: (next) => store.set({ windows: new Map(store.get().windows).set(rangeKey(range()), next) }),
    size,
    pictureSize,
    placed,
    pixels: () => greys,
    onLoad: (act) => loaded.push(act),
  }
}
