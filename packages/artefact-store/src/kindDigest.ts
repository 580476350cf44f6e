// The digest of how a kind lies on disk: in every artefact's digest and every key, so that a changed column or codec makes
// old artefacts unreachable instead of misread.
import { canonicalJson } from '@radiograft/pipeline'
import type { AnyKind } from '@radiograft/pipeline'
import { sha256 } from './sha256.ts'

/** Bumped when a codec writes other bytes for the same value. */
const codecVersion = 1

export const kindDigest = (kind: AnyKind): string => sha256(canonicalJson([codecVersion, kind.kind, kind.storage]))
