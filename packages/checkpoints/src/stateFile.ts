// state.json of a checkpoint: what belongs to it beside the tensors, and by what their file is known again. The file begins
// with a digest of the rest of itself, so that a flipped bit is seen here too. Still plain JSON with `step`, `about`, `state`.
import { createHash } from 'node:crypto'
import type { Json } from './Checkpoints.ts'
import { exactJson } from './exactJson.ts'

const FORMAT = 1

export type StateFile = {
  readonly format: typeof FORMAT
  readonly step: number
  /** of tensors.safetensors */
  readonly tensors: { readonly length: number; readonly sha256: string }
  /** whatever the writer wanted to say of where it was written, such as machine and threads */
  readonly about: Json
  readonly state: Json
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const head = /^\{"check":"([0-9a-f]{64})",/

/**
 * The text of state.json, once the tensors' file is known.
 * @throws CheckpointValueError, at once, when `about` or `state` would not come back unchanged
 */
export const stateText = (step: number, about: Json, state: Json): ((tensors: StateFile['tensors']) => string) => {
  const before = `"format":${FORMAT},"step":${step}`
  const after = `"about":${exactJson(about, 'about')},"state":${exactJson(state, 'state')}`
  return (tensors) => {
    const rest = `${before},"tensors":${JSON.stringify(tensors)},${after}}\n`
    return `{"check":"${digest(rest)}",${rest}`
  }
}

/** Answers why not, in words, when the text is none. */
export const parseState = (text: string): StateFile | string => {
  const [start, check] = head.exec(text) ?? []
  if (start === undefined) return 'its state.json was not written by this version'
  const rest = text.slice(start.length)
  if (digest(rest) !== check) return 'its state.json is not what was written'
  const file = JSON.parse(`{${rest}`) as StateFile
  const { format }: { readonly format: unknown } = file
  return format === FORMAT ? file : `its state.json is of format ${String(format)}, read is ${FORMAT}`
}
