// The command line → positionals and flags. Plain and fast: every flag is declared, an unknown one is named with what was
// probably meant. `--name value`, `--name=value` and, as Nx may pass them on, `--nameInCamelCase` are the same.
import { UsageError } from '../UsageError.ts'

/** What a shell offers for a value: these words, or what there is of a kind. */
export type Values =
  ReadonlyArray<string> | 'pipeline' | 'preset' | 'run' | 'stage' | 'port' | 'command' | 'metric' | 'folder' | 'file'

export interface Flag {
  readonly name: string
  /** placeholder of its value, such as `<dir>`; absent for a switch */
  readonly value?: string
  /** for the shell's completion */
  readonly values?: Values
  /** may be given several times */
  readonly many?: boolean
  readonly doc: string
}

export interface Arguments {
  readonly positionals: ReadonlyArray<string>
  readonly has: (name: string) => boolean
  /** the value, or undefined when absent */
  readonly get: (name: string) => string | undefined
  readonly all: (name: string) => ReadonlyArray<string>
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const unknownFlag = async (given: string, name: string, known: ReadonlyArray<string>): Promise<UsageError> => {
  // loaded only here: it brings Effect along, which `metrics` and `--help` do without
  const { nearestName } = await import('@radiograft/pipeline')
  const near = nearestName(name, known)
  return new UsageError(
    `unknown flag '${given}'${near === undefined ? '.' : `, did you mean '--${near}'?`} Known: ${known.map((n) => `--${n}`).join(', ')}.`,
  )
}

/** Rejects with `UsageError`. */
export const parseArguments = async (flags: ReadonlyArray<Flag>, argv: ReadonlyArray<string>): Promise<Arguments> => {
  const byName = new Map(flags.map((flag) => [flag.name, flag]))
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i]!
    if (token === '--') continue
    if (!token.startsWith('-') || token === '-') {
      positionals.push(token)
      continue
    }
    const [, dashes, rawName, inline] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(token)!
    const name = dashes === '-' && rawName === 'h' ? 'help' : byName.has(rawName!) ? rawName! : kebab(rawName!)
    const flag = byName.get(name)
    if (!flag || (dashes === '-' && name !== 'help'))
      throw await unknownFlag(dashes! + rawName!, name, [...byName.keys()])
    const before = values.get(name) ?? []
    if (before.length > 0 && flag.many !== true)
      throw new UsageError(`--${name} is given twice ('${before[0]}' and again); it takes one value.`)
    if (flag.value === undefined) {
      if (inline !== undefined && inline !== 'true' && inline !== 'false')
        throw new UsageError(`--${name} is a switch and takes no value, but '${inline}' was given.`)
      if (inline !== 'false') values.set(name, ['true'])
      continue
    }
    let value = inline
    if (value === undefined) {
      const next = argv[i + 1]
      if (next !== undefined && !next.startsWith('--')) {
        value = next
        i++
      }
    }
    if (value === undefined || value === '') throw new UsageError(`--${name} needs a value: --${name} ${flag.value}.`)
    values.set(name, [...before, value])
  }
  return {
    positionals,
    has: (name) => values.has(name),
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
  }
}
