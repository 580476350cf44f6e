// Initialisers without randomness.
import { fill } from '@tensorflow/tfjs-core'
import type { Initialiser } from './Initialiser.ts'

/** Every number is `value`. */
export const constant =
  (value: number): Initialiser =>
  (_, shape) =>
    fill([...shape], value, 'float32')

export const zeros: Initialiser = constant(0)
export const ones: Initialiser = constant(1)

/**
 * The bias of a sigmoid whose first answer is `prior`: -log((1 - prior) / prior). RetinaNet's classification head starts
 * at .01, or its loss is swamped by background (Lin et al. 2017, section 4.1; G18).
 */
export const priorBias = (prior: number): Initialiser => constant(-Math.log((1 - prior) / prior))
