// How long a text will be, and where to break it, without a font at hand: widths of characters in classes, in parts of the
// font size, a little on the wide side for the common sans-serif fonts. Used by every picture for its layout.

const widthOf = (character: string): number => {
  if (/[ijl.,:;'|!()[\] ]/.test(character)) return 0.32
  if (/[mwMW@%—−]/.test(character)) return 0.92
  if (/[A-Z]/.test(character)) return 0.7
  return character.codePointAt(0)! > 0x2e80 ? 1 : 0.58 // Han and kana fill a square
}

/** Estimated width of a text in pixels. */
export const textWidth = (text: string, size = 12): number => {
  let sum = 0
  for (const character of text) sum += widthOf(character)
  return sum * size
}

/** The longest beginning that fits, with an ellipsis where something was cut. */
const cut = (text: string, room: number, size: number): string => {
  if (textWidth(text, size) <= room) return text
  const characters = Array.from(text)
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > room) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** A word in pieces that fit, broken after hyphens where it has some (ids of films do), else anywhere. */
const pieces = (word: string, room: number, size: number): string[] => {
  if (textWidth(word, size) <= room) return [word]
  const out: string[] = ['']
  for (const part of word.split(/(?<=-)/)) {
    for (const next of textWidth(part, size) <= room ? [part] : Array.from(part)) {
      const longer = out.at(-1)! + next
      if (textWidth(longer, size) <= room) out[out.length - 1] = longer
      else out.push(next)
    }
  }
  return out.filter((piece) => piece !== '')
}

/**
 * The text in at most `maxLines` lines of at most `room` pixels, broken at spaces, within a word only where it is wider
 * than a line; what does not fit ends in an ellipsis.
 */
export const wrapText = (text: string, room: number, maxLines: number, size = 12): string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const broken = maxLines > 1 ? pieces(word, room, size) : [word]
    broken.forEach((piece, i) => {
      const longer = current === '' ? piece : `${current}${i === 0 ? ' ' : ''}${piece}`
      if (current === '' || textWidth(longer, size) <= room || lines.length === maxLines - 1) current = longer
      else {
        lines.push(current)
        current = piece
      }
    })
  }
  if (current !== '') lines.push(current)
  return lines.map((line) => cut(line, room, size))
}
