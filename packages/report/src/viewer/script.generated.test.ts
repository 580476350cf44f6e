import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { bundleViewer, generated } from '../testing/bundleViewer.ts'
import { script } from './script.generated.ts'

test('the script is what its sources make: else run src/testing/bundleViewer.ts', async () => {
  expect(readFileSync(generated, 'utf8') === (await bundleViewer())).toBe(true)
})

test('it can stand in a page and makes no element of text', () => {
  expect(script.length).toBeGreaterThan(10_000)
  expect(script).toMatch(/^[\t\n\x20-\x7e]*$/)
  expect(script).not.toMatch(/<\/script|<!--|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(/)
})
