// What `radiograft` and `radiograft --help` say: every command in a line.
import { usageLine } from '../arguments/helpText.ts'
import { commandLine } from '../text/commandLine.ts'
import { alignColumns } from '../text/alignColumns.ts'
import { tables } from './tables.ts'

export const overview = async (): Promise<string> => {
  const all = await Promise.all(Object.values(tables).map((load) => load()))
  return [
    'radiograft: does synthetic pathology help, and can I trust the answer?',
    '',
    ...alignColumns(all.map((table) => [`  ${usageLine(table).replace(' [flags]', '')}`, table.line])),
    '',
    'radiograft help <command>, or radiograft <command> --help, says more. Examples:',
    `  ${commandLine('run granet --preset quick')}`,
    `  ${commandLine('metrics latest')}`,
    '',
  ].join('\n')
}
