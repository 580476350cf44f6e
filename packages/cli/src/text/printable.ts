// Names and messages as a terminal may show them: what would move the cursor, colour it or turn the direction of text is
// written out as `\u{1b}`.

const writtenOut = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`

/** Keeps line breaks and tabs. */
export const printable = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, writtenOut)

/** For one row of a table or tree: line breaks and tabs are spaces. */
export const printableLine = (text: string): string => printable(text.replaceAll(/\s+/g, ' '))
