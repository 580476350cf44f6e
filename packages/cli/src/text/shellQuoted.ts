// A word as a POSIX shell takes it: what a person copies into a terminal, and what a completion script holds.

/** As it is where no character of it means anything to a shell, else in single quotes. */
export const shellQuoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** Words as one line that a shell takes apart into the same words. */
export const shellWords = (words: ReadonlyArray<string>): string => words.map(shellQuoted).join(' ')
