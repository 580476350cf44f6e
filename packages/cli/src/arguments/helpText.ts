// The help of a command from its table.
import { commandLine } from '../text/commandLine.ts'
import { alignColumns } from '../text/alignColumns.ts'
import type { CommandTable } from './CommandTable.ts'
import type { Flag } from './parseArguments.ts'

const flagLines = (flags: ReadonlyArray<Flag>): ReadonlyArray<string> =>
  alignColumns(
    flags.map(({ name, value, many, doc }) => [
      `  --${name}${value === undefined ? '' : ` ${value}`}${many ? ' …' : ''}`,
      doc,
    ]),
  )

/** `radiograft data <folder> [flags]` */
export const usageLine = ({ name, positionals }: Pick<CommandTable, 'name' | 'positionals'>): string =>
  ['radiograft', name, ...positionals.map((one) => one.name), '[flags]'].join(' ')

const exampleLine = (example: string): string =>
  /^(npm|npx|source|radiograft|node) /.test(example) ? `  ${example}` : `  ${commandLine(example)}`

const indented = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.map((line) => (line === '' ? '' : `  ${line}`))

export const helpText = (table: CommandTable): string => {
  const { flags, about, after = [], examples } = table
  return [
    usageLine(table),
    '',
    ...indented(about),
    '',
    ...flagLines(flags),
    '',
    ...(after.length > 0 ? [...indented(after), ''] : []),
    'Examples:',
    ...examples.map(exampleLine),
    '',
  ].join('\n')
}
