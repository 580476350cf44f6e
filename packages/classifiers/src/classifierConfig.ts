// The plain JSON beside a stored classifier's tensors: all that rebuilds it and all that its user must know. Written by the
// `fit-classifier` stage, read by whoever uses one.
import { ClassifierError } from './ClassifierError.ts'
import { smallCnn, type SmallCnn } from './networks/smallCnn.ts'

/** Of `classes` a film has exactly one, of `findings` any number. */
export type ClassifierTask = 'classes' | 'findings'

export interface ClassifierConfig {
  readonly architecture: 'small-cnn'
  readonly task: ClassifierTask
  /** side of the films it was trained on; others are area-averaged to it */
  readonly size: number
  /** names of its outputs, in their order */
  readonly classes: ReadonlyArray<string>
  readonly width: number
  /** before the last layer, while training */
  readonly dropout: number
}

/** The network of a configuration, without weights. */
export const classifierNetwork = ({
  size,
  classes,
  width,
  dropout,
}: Pick<ClassifierConfig, 'size' | 'classes' | 'width' | 'dropout'>): SmallCnn =>
  smallCnn({ size, classes: classes.length, width, dropout })

/**
 * The configuration in a stored network.
 * @throws ClassifierError when it is that of another kind of network
 */
export const classifierConfig = (config: Readonly<Record<string, unknown>>): ClassifierConfig => {
  const { architecture } = config
  if (architecture !== 'small-cnn') {
    const found = JSON.stringify(architecture) ?? 'none'
    throw new ClassifierError(
      'classifier',
      `architecture ${found} is no classifier: wire the output of fit-classifier`,
      typeof architecture === 'string' ? [architecture] : [],
    )
  }
  return config as unknown as ClassifierConfig
}
