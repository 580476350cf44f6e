// A grey picture in the terminal: half blocks (two pixels a character, 24-bit colour or the 24 greys of 256 colours), or sixel.
import type { Picture } from './filmGrid.ts'

export type Drawing = 'blocks' | 'blocks-256' | 'sixel' | 'none'

/** What the terminal says of itself; nothing in a pipe. Sixel only where a terminal is known to have it. */
export const drawingFor = (live: boolean, env: Readonly<Record<string, string | undefined>>): Drawing => {
  const { TERM = '', TERM_PROGRAM = '', COLORTERM = '', NO_COLOR } = env
  if (!live || NO_COLOR) return 'none'
  if (/^(foot|mlterm|contour)|sixel/.test(TERM) || TERM_PROGRAM === 'WezTerm' || TERM_PROGRAM === 'iTerm.app')
    return 'sixel'
  if (/^(truecolor|24bit)$/.test(COLORTERM) || TERM.endsWith('-direct')) return 'blocks'
  return TERM.includes('256color') ? 'blocks-256' : 'none'
}

/** Of 256 colours, 232 to 255 are greys of 8, 18, …, 238; 16 is black and 231 white. */
const greyOf256 = (grey: number): number => (grey < 4 ? 16 : grey > 246 ? 231 : 232 + Math.round((grey - 8) / 10))

const colour = (ground: 38 | 48, grey: number, drawing: Drawing): string =>
  drawing === 'blocks-256'
    ? `${ground};5;${Math.min(255, Math.max(16, greyOf256(grey)))}`
    : `${ground};2;${grey};${grey};${grey}`

/** A line of characters for every two rows of pixels. */
export const blockLines = ({ width, height, grey }: Picture, drawing: 'blocks' | 'blocks-256'): ReadonlyArray<string> =>
  Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    let text = ''
    let last = ''
    for (let x = 0; x < width; x++) {
      const upper = colour(38, grey[2 * line * width + x]!, drawing)
      const below = 2 * line + 1 < height ? colour(48, grey[(2 * line + 1) * width + x]!, drawing) : '49'
      const both = `${upper};${below}`
      text += both === last ? '▀' : `\u001B[${both}m▀`
      last = both
    }
    return `${text}\u001B[0m`
  })

const levels = 32

/** Six rows of pixels a band; within a band each grey is drawn over the whole width, runs counted. */
export const sixelOf = ({ width, height, grey }: Picture): string => {
  const levelOf = (value: number): number => Math.round((value / 255) * (levels - 1))
  const palette = Array.from({ length: levels }, (_, i) => {
    const share = Math.round((100 * i) / (levels - 1))
    return `#${i};2;${share};${share};${share}`
  }).join('')
  const bands: string[] = []
  for (let top = 0; top < height; top += 6) {
    const masks = new Map<number, Uint8Array>()
    for (let dy = 0; dy < 6 && top + dy < height; dy++)
      for (let x = 0; x < width; x++) {
        const level = levelOf(grey[(top + dy) * width + x]!)
        let mask = masks.get(level)
        if (!mask) masks.set(level, (mask = new Uint8Array(width)))
        mask[x]! |= 1 << dy
      }
    bands.push([...masks].map(([level, mask]) => `#${level}${runs(mask)}`).join('$'))
  }
  return `\u001BPq"1;1;${width};${height}${palette}${bands.join('-')}\u001B\\`
}

/** `!12?` for twelve empty columns. */
const runs = (mask: Uint8Array): string => {
  let text = ''
  for (let x = 0; x < mask.length;) {
    let end = x
    while (end < mask.length && mask[end] === mask[x]) end++
    const character = String.fromCharCode(63 + mask[x]!)
    text += end - x > 3 ? `!${end - x}${character}` : character.repeat(end - x)
    x = end
  }
  return text
}
