// The key of a computation: a hash of everything that its result depends on, and of nothing else (engine.md 2).
import { kindDigest } from '@radiograft/artefact-store'
import type { KeyParts } from '@radiograft/artefact-store'
import { canonicalJson, kindOf } from '@radiograft/pipeline'
import type { AnyKind, AnyStage, Port } from '@radiograft/pipeline'
import { deriveSeed } from '@radiograft/random'
import { createHash } from 'node:crypto'
import type { Runtime } from './Plan.ts'
import type { StageCode } from './StageCode.ts'

/** Bumped when the parts of a key change their meaning. */
const keyFormat = 1

/** uint32 from the pipeline's seed, the stage's name and an explicit `replica` parameter: never from fold or arm. */
export const stageSeed = (seed: number, stage: string, params: Readonly<Record<string, unknown>>): number => {
  const replica = params['replica']
  return deriveSeed(seed, stage, typeof replica === 'number' || typeof replica === 'string' ? replica : 0)
}

export const keyParts = (given: {
  readonly stage: AnyStage
  readonly code: Pick<StageCode, 'digest' | 'externals'>
  readonly runtime: Runtime
  readonly params: Readonly<Record<string, unknown>>
  /** content digest a port, a list for ports that take many */
  readonly inputs: Readonly<Record<string, string | ReadonlyArray<string>>>
  /** the pipeline's */
  readonly seed: number
}): KeyParts => {
  const { stage, code, runtime, params, inputs, seed } = given
  const ports = stage.inputs as Readonly<Record<string, Port>>
  const outputs = stage.outputs as Readonly<Record<string, AnyKind>>
  return {
    format: keyFormat,
    stage: stage.name,
    code: code.digest,
    externals: code.externals,
    runtime:
      stage.pure === true ? null : { backend: runtime.backend, version: runtime.version, precision: runtime.precision },
    params,
    inputs: Object.fromEntries(Object.keys(ports).map((port) => [port, inputs[port] ?? null])),
    seed: stageSeed(seed, stage.name, params),
    salt: stage.salt ?? '',
    schemas: Object.fromEntries([
      ...Object.entries(ports).map(([port, declared]) => [`in:${port}`, kindDigest(kindOf(declared))]),
      ...Object.entries(outputs).map(([port, kind]) => [`out:${port}`, kindDigest(kind)]),
    ]) as Readonly<Record<string, string>>,
  }
}

export const stageKey = (parts: KeyParts): string => createHash('sha256').update(canonicalJson(parts)).digest('hex')
