import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { studentQuantile, studentTail } from './studentT.ts'

test('by hand: ν = 1 is Cauchy’s, ν = 2 has t = (1 − 2q)·√(2/(4q(1 − q))), t(.975; 4) of every table', () => {
  expect(studentTail(2, 1)).toBeCloseTo(0.5 - Math.atan(2) / Math.PI, 14)
  expect(studentTail(-2, 1)).toBeCloseTo(0.5 + Math.atan(2) / Math.PI, 14)
  expect(studentQuantile(0.025, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 10)
  expect(studentQuantile(0.2, 2)).toBeCloseTo(0.6 * Math.sqrt(2 / (4 * 0.2 * 0.8)), 13)
  expect(studentQuantile(0.025, 4)).toBeCloseTo(2.776445, 6)
  expect([studentQuantile(0.5, 3), studentQuantile(0, 3), studentTail(Infinity, 3)]).toEqual([0, Infinity, 0])
})

test('scipy.stats.t within 1e-9 of the answer (tools/oracles/metrics_student.py)', () => {
  const { ppf, cdf } = JSON.parse(readFileSync(new URL('./fixtures/student.json', import.meta.url), 'utf8')) as {
    ppf: [df: number, p: number, t: number][]
    cdf: [df: number, t: number, p: number][]
  }
  const apart = (found: number, known: number) => Math.abs(found - known) / Math.max(Math.abs(known), 1e-300)
  expect(ppf.length).toBeGreaterThan(200)
  expect(cdf.length).toBeGreaterThan(100)
  expect(Math.max(...ppf.map(([df, p, t]) => apart(-studentQuantile(p, df), t)))).toBeLessThan(1e-9)
  expect(Math.max(...cdf.map(([df, t, p]) => apart(studentTail(-t, df), p)))).toBeLessThan(1e-9)
})
