import { describe, expect, it } from '@jest/globals'
import { asSigned, asUnit, asXrv, PixelRangeError, toSigned, toUnit, toXrv } from './PixelRange.ts'
import type { SignedPixels, UnitPixels, XrvPixels } from './PixelRange.ts'

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
  [[-1024, 1024], 'torchxrayvision'],
  [[-3, 7], 'raw or standardised'],
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

describe('the range of torchxrayvision', () => {
  it('is (2 x − 1) · 1024, by hand', () => {
    const xrv: XrvPixels = toXrv(asUnit(Float32Array.of(0, 0.25, 0.5, 1)))
    expect(Array.from(xrv)).toEqual([-1024, -512, 0, 1024])
    expect(asXrv(xrv)).toBe(xrv)
  })

  it('is what normalize gives for 8 bits: (2 · 51 / 255 − 1) · 1024 = −614.4', () => {
    expect(toXrv(asUnit(Float32Array.of(51 / 255)))[0]).toBeCloseTo(-614.4, 3)
  })

  it('cannot be mixed up at compile time', () => {
    const network = (film: XrvPixels): number => film.length
    const unit = asUnit(Float32Array.of(0, 1))
    // @ts-expect-error unit pixels are not torchxrayvision's
    expect(network(unit)).toBe(2)
    // @ts-expect-error neither are signed ones
    expect(network(toSigned(unit))).toBe(2)
  })

  it.each([
    [[0, 1], 'not scaled'],
    [[-1, 1], 'not scaled'],
    [[0, 4095], 'apply the window'],
    [[-2000, 1024], 'raw or standardised'],
  ] as const)('refuses pixels in %j', (values, hint) => {
    expect(() => asXrv(Float32Array.from(values))).toThrow(hint)
  })
})
