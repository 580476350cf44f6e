// The command: which subcommand, signals, exit code. Everything else is loaded by the subcommand that needs it.
import { describeFailure } from './describeFailure.ts'
import type { Terminal } from './Terminal.ts'
import { UsageError } from './UsageError.ts'

type Command = (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal) => Promise<number>

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  metrics: async () => (await import('./commands/metrics.ts')).metrics,
  data: async () => (await import('./commands/data.ts')).data,
  phantom: async () => (await import('./commands/phantom.ts')).phantom,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
}

const overview = `radiograft: does synthetic pathology help, and can I trust the answer?

  radiograft run <pipeline.ts|name> [flags]   compute what changed, write metrics, figures and a report
  radiograft metrics [run|folder|latest]      the metrics of a run as a table
  radiograft data <folder>                    what is in a folder of films, before anyone trains on it
  radiograft phantom --films <n> --out <dir>  synthetic films as a folder, in a layout that real ones come in
  radiograft doctor                           what this machine has, and which tensor runtime is chosen

radiograft <command> --help says more. Examples:
  npm run radiograft -- run granet --preset quick
  npm run radiograft -- metrics latest
`

/** Runs one command and answers the exit code; errors are told on the terminal, never thrown. */
export const main = async (argv: ReadonlyArray<string>, terminal: Terminal, signal: AbortSignal): Promise<number> => {
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      terminal.out(overview)
      return name === undefined ? 2 : 0
    }
    const command = commands[name]
    if (!command) {
      const { UnknownNameError } = await import('@radiograft/pipeline')
      throw name.startsWith('-')
        ? new UsageError(`a command comes first: radiograft ${Object.keys(commands).join(' | ')}.`)
        : new UnknownNameError('command', name, Object.keys(commands))
    }
    return await (
      await command()
    )(rest, terminal, signal)
  } catch (error) {
    const { code, text } = describeFailure(error)
    terminal.err(`${code === 130 ? text : `${terminal.paint.red('error:')} ${text}`}\n`)
    return code
  }
}
