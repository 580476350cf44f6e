// How many columns of a terminal a text takes, and a text cut to so many. Terminals differ in joined emoji: what is counted
// here is the widest of them, because a line that is thought too wide is only cut early, one thought too narrow wraps.

/** What terminals draw two columns wide: East Asian Wide and Fullwidth of Unicode 15, and emoji. */
const wide =
  /[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\u3247\u3250-\u4DBF\u4E00-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\p{Regional_Indicator}/u
/** Marks that sit on another character, format characters, the vowels and finals of Hangul syllables. */
const zero = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF\uD7B0-\uD7FF]/u
/** Asks for the emoji form of the character before it. */
const emojiForm = '\uFE0F'
const plain = /^[\u0020-\u007E]*$/

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const clusterWidth = (cluster: string): number => {
  let width = 0
  for (const character of cluster) if (!zero.test(character)) width += wide.test(character) ? 2 : 1
  return cluster.includes(emojiForm) ? Math.max(2, width) : width
}

/** Columns of a text without control characters. */
export const textWidth = (text: string): number => {
  if (plain.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += clusterWidth(segment)
  return width
}

/** The text in at most so many columns: what is cut ends with `…`. No character loses its marks. */
export const cutToWidth = (text: string, columns: number): string => {
  if (textWidth(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += clusterWidth(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return columns < 1 ? '' : `${kept}…`
}

/** Cut, or filled with spaces at its end. */
export const fitToWidth = (text: string, columns: number): string => {
  const cut = cutToWidth(text, columns)
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)))
}
