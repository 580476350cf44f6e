// How long a text will be, and where to break it, without a font at hand: widths of characters in classes, in parts of the
// font size, a little on the wide side for the common sans-serif fonts. Used by every picture for its layout.

const widthOf = (character: string): number => {
  if (/[ijl.,:;'|!()[\] ]/.test(character)) return 0.32
  if (/[mwMW@%—]/.test(character)) return 0.92
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

/** The text in at most `maxLines` lines of at most `room` pixels, broken at spaces; what does not fit ends in an ellipsis. */
export const wrapText = (text: string, room: number, maxLines: number, size = 12): string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current === '' || textWidth(longer, size) <= room || lines.length === maxLines - 1) current = longer
    else {
      lines.push(current)
      current = word
    }
  }
  if (current !== '') lines.push(current)
  return lines.map((text) => cut(text, room, size))
}
