// Text from a folder, such as the name of a class, as a terminal may show it: what would move its cursor, colour it or
// turn the direction of its text is written out. data.json has names as they are. Used by report, descriptionSections
// and folderWarnings.

// control and format characters, the ones that turn the direction of text among them, and the two line separators
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** `\u{1b}` for ESC; the same text where nothing is to be written out. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
