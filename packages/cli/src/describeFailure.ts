// An error → what the terminal shows and the exit code: 2 for what the user gave, before anything long; 1 for a run that
// failed; 130 for one that was stopped. Expected errors are recognised by `_tag`, so that none of their packages is loaded.

import { printable } from './text/printable.ts'

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
  'StreamFilmsOptionError',
  'SplitError',
  'RunRecordError',
  'SeveralArmsError',
  'StageNotKeptError',
  'UnknownFilmError',
])

interface StageFailure {
  readonly node: string
  readonly stage: string
  readonly inputs: ReadonlyArray<string>
  readonly log: string
  readonly failure: { readonly name: string; readonly message: string }
}

/** Where messages of an entry end and its stack begins, the log tells more. */
const stageText = ({ node, stage, inputs, log, failure }: StageFailure): string =>
  [
    `Stage '${stage}' failed at node '${node}'.`,
    `  ${failure.name}: ${failure.message.replaceAll('\n', '\n  ')}`,
    `  inputs: ${inputs.length === 0 ? 'none' : inputs.join('; ')}`,
    `  log: ${log}`,
    'Every stage that was done before is kept: mend the cause and give the same command again, and only the rest is computed.',
  ].join('\n')

export const describeFailure = (error: unknown): Failure => {
  const { code, text } = failureOf(error)
  return { code, text: printable(text) }
}

const failureOf = (error: unknown): Failure => {
  const tag = (error as { readonly _tag?: unknown } | null)?._tag
  const message = error instanceof Error ? error.message : String(error)
  if (tag === 'Interrupted')
    return { code: 130, text: 'Stopped. What was done is kept: the same command goes on from there.' }
  if (tag === 'StageFailedError') return { code: 1, text: stageText(error as StageFailure) }
  if (typeof tag === 'string' && before.has(tag)) return { code: 2, text: message }
  if (typeof tag === 'string') return { code: 1, text: message }
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return { code: 1, text: message }
  return {
    code: 1,
    text: `This should not have happened: ${error instanceof Error ? (error.stack ?? message) : message}`,
  }
}
