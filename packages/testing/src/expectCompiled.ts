// What holds for every case of `compiledCases`. Used by the `compiledSteps.test.ts` of the model packages.
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import { compareStep, differing, distance, withoutCase } from './compiledCases.ts'
import type { FunctionCase, Named, StepCase } from './compiledCases.ts'

/** Compiled equals eager to the last bit; bf16 is no farther from fp32 than a few roundings of the weights. */
export const expectCompiledStep = async (one: StepCase): Promise<void> => {
  const { unequal, bf16, rounding } = await compareStep(one)
  expect(unequal).toEqual([])
  expect(bf16.gradients).toBeGreaterThan(1e-4) // it is bf16
  expect(bf16.gradients).toBeLessThan(4 * rounding.gradients)
  expect(bf16.logs).toBeLessThan(0.1 + 2 * rounding.logs)
}

/** Compiled equals eager to the last bit, but for the answers named in `within`: relative; bf16 is near. */
export const expectCompiledFunction = async (
  one: FunctionCase,
  within: Readonly<Record<string, number>> = {},
): Promise<void> => {
  const [eager, compiled, bf16] = [
    await one.answer({ eager: true }),
    await one.answer({}),
    await one.answer({ precision: 'bf16' }),
  ]
  const known = Object.fromEntries(Object.keys(within).map((name) => [name, 0]))
  expect(differing({ ...eager, ...known }, { ...compiled, ...known })).toEqual([])
  for (const limit of Object.values(within)) expect(distance(eager, compiled)).toBeLessThan(limit)
  expect(distance(eager, bf16)).toBeGreaterThan(1e-5)
  expect(distance(eager, bf16)).toBeLessThan(one.bf16)
}

/** @param here the URL of a test file in the package's `src`; @param all what the package compiles */
export const expectNoneWithoutCase = (
  here: string,
  api: object,
  cases: ReadonlyArray<Named>,
  all: ReadonlyArray<string>,
): void => {
  const src = fileURLToPath(new URL('.', here))
  expect(withoutCase(src, api, cases)).toEqual([])
  expect(withoutCase(src, api, [])).toEqual(all)
}
