// A stage that failed → what a person does next: what happened, the end of its log where the error alone does not tell, what
// its kind of failure needs, and the commands to look at it, to try it alone and to go on.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { shellWords } from './text/shellQuoted.ts'
import { stepOf } from './text/stepOf.ts'
import { commandLine } from './text/commandLine.ts'

export interface StageFailure {
  readonly node: string
  readonly stage: string
  readonly inputs: ReadonlyArray<string>
  /** absolute path */
  readonly log: string
  readonly failure: { readonly name: string; readonly message: string; readonly stack: string }
  /** the last good state: the same command goes on after that step */
  readonly kept?: { readonly step: number; readonly total: number | undefined; readonly folder: string } | undefined
}

/** Lines of an error and of a log's end that are shown, and bytes of the log that are read for them. */
const most = { error: 12, log: 15, bytes: 16_384 }

/** What ended without a word of its own. */
const isMute = ({ name, message }: StageFailure['failure']): boolean => name === 'ProcessDied' || message.trim() === ''

/** Flags of `run` that are not for a second try: another folder is kept as it is, and these choose how it is tried. */
const dropped = new Map([
  ['--json', 0],
  ['--in-process', 0],
  ['--inspect', 0],
  ['--force', 0],
  ['--only', 1],
  ['--out', 1],
])

/** The command line without flags that would change what is tried. */
const withoutDropped = (argv: ReadonlyArray<string>): ReadonlyArray<string> => {
  const kept: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const [flag = '', inline] = argv[i]!.split('=', 2)
    const values = dropped.get(flag)
    if (values === undefined) kept.push(argv[i]!)
    else if (inline === undefined) i += values
  }
  return kept
}

/** The last lines of a log, empty where it cannot be read. */
const logTail = (path: string): ReadonlyArray<string> => {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      const bytes = Buffer.alloc(Math.min(size, most.bytes))
      readSync(file, bytes, 0, bytes.length, size - bytes.length)
      return bytes
        .toString()
        .trimEnd()
        .split('\n')
        .slice(-most.log)
        .filter((line, i, all) => line !== '' || (i > 0 && i < all.length - 1))
    } catch {
      return []
    } finally {
      closeSync(file)
    }
  } catch {
    return []
  }
}

/** What to do about failures that the stage's author did not foresee. */
const advice = ({ name, message }: StageFailure['failure']): ReadonlyArray<string> => {
  if (name === 'ProcessDied' && message.includes('SIGKILL'))
    return [
      'Most often the system killed it because memory ran out (dmesg then says "Out of memory"). Give it less to hold:',
      `a smaller batch, film size or number of films (${commandLine('run <pipeline> --help')} lists what can be`,
      'set), or end other programs. In a container, raise its memory limit.',
    ]
  if (name === 'ProcessDied' && message.includes('SIGILL'))
    return [
      `The processor lacks an instruction that the tensor runtime was built for: ${commandLine('doctor')} says what`,
      'this machine has, and RADIOGRAFT_LIBTENSORFLOW takes a folder with another build.',
    ]
  if (name === 'TrainingDivergedError')
    return [
      'The same command goes on at the last good state and meets the same step again. What is set otherwise (--set, with a',
      `lower learning rate say; ${commandLine('run <pipeline> --help')} lists what can be set) begins anew.`,
    ]
  if (/\b(ENOSPC|EDQUOT)\b|no space left/i.test(message))
    return [
      'The disk is full. Free some space where the store, the run folder or the temporary folder (TMPDIR) lies, or move',
      'the store with --store <dir>; what is in the store stays good.',
    ]
  return []
}

/** The lines of a failure; `command`: the command line after `radiograft`, where it is known. */
export const failedStageLines = (error: StageFailure, command: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { node, stage, inputs, log, failure, kept } = error
  const message = `${failure.name}: ${failure.message}`.split('\n')
  const more = message.length - most.error
  const tail = isMute(failure) ? logTail(log) : []
  const again = command[0] === 'run' ? withoutDropped(command) : undefined
  const typed = (words: ReadonlyArray<string>): string => commandLine(shellWords(words))
  return [
    `Stage '${stage}' failed at node '${node}'.`,
    ...message.slice(0, most.error).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … ${more} more lines in the log`] : []),
    `  inputs: ${inputs.length === 0 ? 'none' : inputs.join('; ')}`,
    `  log: ${log}`,
    ...(kept ? [`  last good state: ${stepOf(kept.step, kept.total)}, in ${kept.folder}`] : []),
    ...(tail.length > 0 ? ['  the log ends:', ...tail.map((line) => `    ${line}`)] : []),
    ...advice(failure),
    'Every stage that was done before is kept: mend the cause and give the same command again, and only the rest is computed.',
    ...(again
      ? [
          `  look at it    ${typed(['show', basename(dirname(dirname(log))), node])}`,
          `  try it alone  ${typed([...again, '--only', node, '--in-process', '--inspect'])}`,
        ]
      : []),
  ]
}
