import { existsSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import * as stages from './index.ts'

test('each definition names an entry that exists', () => {
  for (const stage of Object.values(stages)) expect(existsSync(stage.entry)).toBe(true)
})
