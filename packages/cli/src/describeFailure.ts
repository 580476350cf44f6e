// An error → what the terminal shows and the exit code: 2 for what the user gave, before anything long; 1 for a run that
// failed; 128 and the signal's number for one that was stopped. Expected errors are recognised by `_tag`, so that none of their packages is loaded.
import { failedStageLines } from './failedStage.ts'
import type { StageFailure } from './failedStage.ts'
import { commandLine } from './text/commandLine.ts'
import { printable } from './text/printable.ts'
import { stopCode } from './untilStopped.ts'

export interface Failure {
  readonly code: number
  readonly text: string
}

/** Errors about what was given: the message says which file or name, and what to do. */
const before = new Set([
  'UsageError',
  'UnknownNameError',
  'InvalidValueError',
  'PipelineError',
  'StorePathError',
  'DatasetError',
  'BundleError',
  'FolderError',
  'DicomError',
  'ImageError',
  'FilmReadError',
  'FilmSetError',
  'LayersModelError',
  'StreamFilmsOptionError',
  'SplitError',
  'RunRecordError',
  'SeveralArmsError',
  'StageNotKeptError',
  'UnknownFilmError',
])

export interface Circumstances {
  /** the command line after `radiograft`. @default unknown: no command is offered */
  readonly command?: ReadonlyArray<string>
  /** name of the signal that stopped it. @default 'SIGINT' */
  readonly signal?: unknown
}

export const describeFailure = (error: unknown, circumstances: Circumstances = {}): Failure => {
  const { code, text } = failureOf(error, circumstances)
  return { code, text: printable(text) }
}

const isFull = (error: unknown): boolean => {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || (cause !== undefined && isFull(cause))
}

/** What the disk and the network are to blame for, the message does not always say how to mend. */
const withAdvice = (tag: string, error: unknown, message: string): string => {
  if (tag === 'RunFolderError' && isFull(error))
    return `${message}\nThe disk is full: free some space, or choose a folder on another disk with --out. What was computed is in the store.`
  if (tag !== 'ProvisionError') return message
  const { missing } = error as { readonly missing: ReadonlyArray<{ readonly part: string }> }
  return missing.some(({ part }) => part === 'wheel')
    ? `${message}\nIt is fetched once, by pip, and needs a network that reaches its package index then (a proxy or a mirror is given to pip as ever: PIP_INDEX_URL, HTTPS_PROXY); later runs need none. Nothing was computed yet.`
    : `${message}\nNothing was computed yet: install what is missing and give the same command again. ${commandLine('doctor')} checks the machine.`
}

const failureOf = (error: unknown, { command = [], signal }: Circumstances): Failure => {
  const tag = (error as { readonly _tag?: unknown } | null)?._tag
  const message = error instanceof Error ? error.message : String(error)
  if (tag === 'Interrupted')
    return { code: stopCode(signal), text: 'Stopped. What was done is kept: the same command goes on from there.' }
  if (tag === 'StageFailedError') return { code: 1, text: failedStageLines(error as StageFailure, command).join('\n') }
  if (typeof tag === 'string' && before.has(tag)) return { code: 2, text: message }
  if (typeof tag === 'string') return { code: 1, text: withAdvice(tag, error, message) }
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return { code: 1, text: message }
  return {
    code: 1,
    text: `This should not have happened: ${error instanceof Error ? (error.stack ?? message) : message}`,
  }
}
