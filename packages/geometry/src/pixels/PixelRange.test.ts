import { expect, it } from '@jest/globals'
import { asSigned, asUnit, PixelRangeError, toSigned, toUnit } from './PixelRange.ts'
import type { SignedPixels, UnitPixels } from './PixelRange.ts'

it('checks and types without copying', () => {
  const pixels = Float32Array.of(0, 0.5, 1, 1 + 5e-7)
  const unit: UnitPixels = asUnit(pixels)
  expect(unit).toBe(pixels)
})

it('keeps the two ranges apart at compile time', () => {
  const signed: SignedPixels = toSigned(asUnit(Float32Array.of(0, 0.25, 1)))
  // @ts-expect-error signed pixels are not unit pixels
  const wrong: UnitPixels = signed
  expect(Array.from(wrong)).toEqual([-1, -0.5, 1])
})

it('converts back and clamps', () => {
  expect(Array.from(toUnit(asSigned(Float32Array.of(-1, 0, 1))))).toEqual([0, 0.5, 1])
  expect(Array.from(toUnit(Float32Array.of(-1.5, 3) as SignedPixels))).toEqual([0, 1])
})

it.each([
  [[-1, 1], 'toUnit(asSigned(pixels))'],
  [[0, 255], 'divide by 255'],
  [[0, 4095], 'apply the window'],
  [[-0.2, 1.2], 'overshoot'],
  [[-1024, 1024], 'raw or standardised'],
  [[0, NaN], 'NaN'],
] as const)('says what pixels in %j look like', (values, hint) => {
  expect(() => asUnit(Float32Array.from(values))).toThrow(hint)
})

it('reports the range found', () => {
  expect(() => asSigned(Float32Array.of(-2, 3))).toThrow(
    expect.objectContaining({ _tag: 'PixelRangeError', min: -2, max: 3 }),
  )
  expect(() => asSigned(Float32Array.of(-2, 3))).toThrow(PixelRangeError)
})
