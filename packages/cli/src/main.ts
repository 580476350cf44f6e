// The command: which subcommand, signals, exit code. Everything else is loaded by the subcommand that needs it.
import { tellFailure } from './tellFailure.ts'
import type { Terminal } from './Terminal.ts'
import { commandLine } from './text/commandLine.ts'
import { UsageError } from './UsageError.ts'

type Command = (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal) => Promise<number>

/** Each with its table in commands/tables.ts. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  metrics: async () => (await import('./commands/metrics.ts')).metrics,
  show: async () => (await import('./commands/show.ts')).show,
  compare: async () => (await import('./commands/compare.ts')).compare,
  sync: async () => (await import('./commands/sync.ts')).sync,
  profile: async () => (await import('./commands/profile.ts')).profile,
  data: async () => (await import('./commands/data.ts')).data,
  phantom: async () => (await import('./commands/phantom.ts')).phantom,
  fid: async () => (await import('./commands/fid.ts')).fid,
  graft: async () => (await import('./commands/graft.ts')).graft,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  completion: async () => (await import('./commands/completion.ts')).completion,
}

/** Those that save or clean up when a signal comes. The others have nothing to lose: the signal ends their process itself. */
export const heedsSignals = (argv: ReadonlyArray<string>): boolean =>
  ['run', 'sync', 'profile', 'data', 'phantom', 'fid'].includes(argv[0] ?? '')

const commandOf = async (name: string): Promise<Command> => {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load) return load()
  if (name.startsWith('-'))
    throw new UsageError(`a command comes first: ${commandLine(Object.keys(commands).join(' | '))}.`)
  const { UnknownNameError } = await import('@radiograft/pipeline')
  throw new UnknownNameError('command', name, Object.keys(commands))
}

/** Runs one command and answers the exit code; errors are told on the terminal, never thrown. */
export const main = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const [about, ...more] = rest.filter((word) => !word.startsWith('-'))
      if (name === 'help' && about !== undefined)
        return await (
          await commandOf(about)
        )([...more, '--help'], terminal, signal)
      terminal.out(await (await import('./commands/overview.ts')).overview())
      return name === undefined ? 2 : 0
    }
    return await (
      await commandOf(name)
    )(rest, terminal, signal)
  } catch (error) {
    return tellFailure(error, { command: argv, signal: signal.reason }, terminal)
  }
}
