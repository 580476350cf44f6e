// What a command takes, declared once: its parser, its help and the shells' completion read the same table.
import type { Flag, Values } from './parseArguments.ts'

interface Positional {
  /** as the help shows it, such as `<folder>`; in brackets where it may be left out */
  readonly name: string
  /** what the shell offers for it */
  readonly values?: Values
}

export interface CommandTable {
  readonly name: string
  readonly positionals: ReadonlyArray<Positional>
  readonly flags: ReadonlyArray<Flag>
  /** one line for lists of commands */
  readonly line: string
  /** lines below the first; what it does, in a few sentences */
  readonly about: ReadonlyArray<string>
  /** lines below the flags, such as exit codes */
  readonly after?: ReadonlyArray<string>
  /** as they are typed, after `npm run radiograft -- ` where they do not begin with a program's name */
  readonly examples: ReadonlyArray<string>
}

/** Every command has it. */
export const helpFlag: Flag = { name: 'help', doc: 'this text' }
