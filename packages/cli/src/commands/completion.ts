// `radiograft completion`: a script with which a shell completes the command; and, asked by that script, names that only the
// workspace knows.
import { fileURLToPath } from 'node:url'
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Terminal } from '../Terminal.ts'
import { commandLine } from '../text/commandLine.ts'
import { UsageError } from '../UsageError.ts'
import { completionTable, shells } from './completionTable.ts'
import { tables } from './tables.ts'

/** What started this process, so that the script starts the same: Node's own flags, and the program's file. */
const ownCommand = (): ReadonlyArray<string> => {
  const [node, file] = process.argv
  const root = process.cwd()
  // a loader given by a path of this folder is needed in every folder
  const flags = process.execArgv.map((flag) =>
    flag.startsWith('./') ? fileURLToPath(new URL(flag, `file://${root}/`)) : flag,
  )
  return [node!, ...flags, file!]
}

export const completion = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  // words of an unfinished command line: no flags of this one
  if (argv[0] === 'candidates') {
    const [, kind = '', ...words] = argv
    const { candidates } = await import('../completion/candidates.ts')
    const { findWorkspace } = await import('@radiograft/runner')
    const found = await candidates(kind, words, findWorkspace(process.cwd()))
    terminal.out(found.map((name) => `${name}\n`).join(''))
    return 0
  }
  const given = await parseArguments(completionTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(completionTable))
    return 0
  }
  const [shell, ...rest] = given.positionals
  if (shell === undefined) throw new UsageError(`for which shell? ${commandLine(`completion ${shells.join(' | ')}`)}.`)
  if (rest.length > 0) throw new UsageError(`one shell at a time: '${rest.join(' ')}' is too many.`)
  if (!shells.some((name) => name === shell)) {
    const { UnknownNameError } = await import('@radiograft/pipeline')
    throw new UnknownNameError('shell', shell, shells)
  }
  const scripts = await import('../completion/scripts.ts')
  const input = { tables: await Promise.all(Object.values(tables).map((load) => load())), command: ownCommand() }
  const script = { bash: scripts.bashScript, zsh: scripts.zshScript, fish: scripts.fishScript }[
    shell as (typeof shells)[number]
  ]
  terminal.out(script(input))
  return 0
}
