// A progressive GAN that breaks goes back to where it was good, with half the learning rate: a copy of what trains lies in the state
// itself, so that a training that is killed and goes on does the same. Films and steps go on, weights, average and moments go back.
import { scope, unscope, type Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { ADAM_C, ADAM_G, AVERAGE, C, G, STEP } from './progressiveState.ts'

/** Rollbacks that a training may have: numbers that break after the last are an error, a collapse stays. */
const MOST_ROLLBACKS = 2

/** Diversity below this share of real films' is collapse, once it has been above: sixteen films that are nearly one. */
const COLLAPSED_SHARE = 0.05

/** what trains, as it was when it was good; the check (steps done) that found it so, 0 for none yet; steps of rollbacks */
const [GOOD, SOUND, ROLLBACKS] = ['good', 'sound', 'rollbacks'] as const
const trains = new RegExp(`^(${[G, C, AVERAGE, ADAM_G, ADAM_C].join('|')})\\.`)
const clones = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, t]) => [name, t.clone()]))

/** The part of a state that a step takes: networks, average, moments and count. */
export const trainedPart = (state: Params): Params =>
  Object.fromEntries(Object.entries(state).filter(([name]) => trains.test(name) || name === STEP))

/** The rest of a state: what a step does not see. */
export const restPart = (state: Params): Params =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !trains.test(name) && name !== STEP))

/**
 * The state with a copy of what trains beside it, in place of the copy before. The caller owns the copy.
 * @param sound steps done at the check that found it good; left out where it is only the first of its form @default as before, or 0
 */
export const withGood = (state: Params, sound?: number): Params => {
  const { [STEP]: _, ...trained } = trainedPart(state)
  const rest = Object.entries(state).filter(([name]) => !name.startsWith(`${GOOD}.`))
  return {
    ...Object.fromEntries(rest),
    ...unscope(clones(trained), GOOD),
    [SOUND]: sound === undefined ? (state[SOUND]?.clone() ?? tf.scalar(0, 'int32')) : tf.scalar(sound, 'int32'),
    [ROLLBACKS]: state[ROLLBACKS] ?? tf.zeros([MOST_ROLLBACKS], 'int32'),
  }
}

/** Steps (1, 2, …) behind which the training went back. */
export const rollbackSteps = (state: Params): number[] => Array.from(state[ROLLBACKS]!.dataSync()).filter((s) => s > 0)

/** 1, and half of it with each rollback. */
export const rateFactor = (state: Params): number => 0.5 ** rollbackSteps(state).length

/** Whether a state that is found broken may go back. */
export const mayRollBack = (state: Params): boolean => rollbackSteps(state).length < MOST_ROLLBACKS

/** Whether a check finds films that are nearly one, where an earlier check found them various. */
export const isCollapsed = (
  state: Params,
  { diversity, realDiversity }: { readonly diversity: number; readonly realDiversity: number },
): boolean => diversity < COLLAPSED_SHARE * realDiversity && state[SOUND]!.dataSync()[0]! > 0

/** Whether a check's films are various enough that one may go back to them. */
export const isSound = (values: { readonly diversity: number; readonly realDiversity: number }): boolean =>
  values.diversity >= COLLAPSED_SHARE * values.realDiversity

/** @param step the step (1, 2, …) behind which it is; the caller owns what is new in the record */
export const rolledBack = (state: Params, step: number): Params => {
  const steps = [...rollbackSteps(state), step]
  const padded = Array.from({ length: MOST_ROLLBACKS }, (_, i) => steps[i] ?? 0)
  return {
    ...restPart(state),
    ...clones(scope(state, GOOD)),
    [STEP]: tf.scalar(step, 'int32'),
    [ROLLBACKS]: tf.tensor1d(padded, 'int32'),
  }
}
