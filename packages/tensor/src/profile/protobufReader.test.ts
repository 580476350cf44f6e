import { expect, it } from '@jest/globals'
import type { Chunks } from '../compile/protobufWriter.ts'
import { bytesField, concatenated, floatField, intField, message, stringField } from '../compile/protobufWriter.ts'
import { readMessage } from './protobufReader.ts'

const read = (...fields: ReadonlyArray<Chunks>) => readMessage(concatenated(message(...fields)))

it('reads what the writer writes', () => {
  const inner = message(intField(1, 300), stringField(2, 'größer'))
  const found = read(intField(1, 7), intField(3, -1), stringField(4, 'a'), stringField(4, 'b'), bytesField(5, inner))
  expect([found.number(1), found.number(2), found.number(3)]).toEqual([7, 0, -1])
  expect([found.texts(4), found.text(4), found.text(6)]).toEqual([['a', 'b'], 'b', ''])
  expect(found.messages(5).map((one) => [one.number(1), one.text(2)])).toEqual([[300, 'größer']])
})

it('passes fixed-width fields over, and keeps numbers as large as a time in nanoseconds', () => {
  const found = read(floatField(9, 1.5), intField(1, 1_795_681_879_652_331))
  expect(found.number(1)).toBe(1_795_681_879_652_331)
})

it('refuses what is cut short', () => {
  const bytes = concatenated(message(stringField(1, 'whole')))
  expect(() => readMessage(bytes.subarray(0, 4))).toThrow(RangeError)
  expect(() => readMessage(Uint8Array.of(0x08, 0x80))).toThrow(/within a number/)
})
