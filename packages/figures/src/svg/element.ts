// The little SVG that the pictures need: escaped text, elements, and the document with its panel and its words for
// people who do not see it. Every name that comes from data passes through escapeText.
import { ink } from './palette.ts'
import type { Picture } from './Picture.ts'

/** Text or attribute value made safe: markup escaped, characters that XML forbids replaced. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/[^\P{C}\t\n\p{Cf}]/gu, '\ufffd') // controls, lone surrogates, unassigned
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** A coordinate with at most two digits after the point. */
const short = (value: number): string => String(Math.round(value * 100) / 100)

/** `<tag name="value">children</tag>`; values are escaped, children are markup already. Undefined attributes are left out. */
export const element = (
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children = '',
): string => {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? short(value) : escapeText(value!)}"`)
  return children === '' ? `<${tag}${written.join('')}/>` : `<${tag}${written.join('')}>${children}</${tag}>`
}

/** A line of text at its baseline; 12 px unless told otherwise. */
export const label = (
  x: number,
  y: number,
  text: string,
  options: {
    readonly anchor?: 'start' | 'middle' | 'end'
    readonly size?: number
    readonly bold?: boolean
    readonly fill?: string
    readonly transform?: string
  } = {},
): string =>
  element(
    'text',
    {
      x,
      y,
      'text-anchor': options.anchor === 'start' ? undefined : options.anchor,
      'font-size': options.size ?? 12,
      'font-weight': options.bold === true ? 600 : undefined,
      fill: options.fill ?? ink.text,
      transform: options.transform,
    },
    escapeText(text) || ' ',
  )

/** A straight line. */
export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  options: { readonly width?: number; readonly dash?: string | undefined } = {},
): string =>
  element('line', { x1, y1, x2, y2, stroke, 'stroke-width': options.width ?? 1, 'stroke-dasharray': options.dash })

/**
 * The whole picture on its own white panel, so that it reads the same in light and dark pages. `title` names the image to
 * a screen reader, `description` says in words what it shows. No ids: several pictures may be inlined in one page.
 */
export const svgDocument = (picture: Picture): string => {
  const { width, height } = picture
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${short(width)} ${short(height)}`,
      role: 'img',
      'aria-label': picture.title,
      'font-family': 'system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif',
    },
    element('title', {}, escapeText(picture.title) || ' ') +
      element('desc', {}, escapeText(picture.description) || ' ') +
      element('rect', { width, height, rx: 6, fill: ink.panel }) +
      picture.body,
  )
}
