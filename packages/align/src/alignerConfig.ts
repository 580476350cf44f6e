// What rebuilds an aligner from a stored network. Written by `fit-aligner`, read by every stage that uses an aligner.
import { AlignError } from './AlignError.ts'

/** The `config` of an aligner's network artefact. */
export interface AlignerConfig {
  readonly architecture: 'stn-resnet18'
  /** side of the square films that it sees, pixels */
  readonly size: number
  /** id of the film R that it was fitted to */
  readonly reference: string
}

/** @throws AlignError when the network is of another kind */
export const alignerConfig = (config: Readonly<Record<string, unknown>>): AlignerConfig => {
  const { architecture, size, reference } = config
  if (architecture !== 'stn-resnet18' || typeof size !== 'number' || typeof reference !== 'string')
    throw new AlignError(
      'aligner',
      `this network is '${String(architecture)}', expected 'stn-resnet18' with size and reference: wire the output of fit-aligner`,
    )
  return { architecture, size, reference }
}
