import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'RunRecordError',
    'SeveralArmsError',
    'StageNotKeptError',
    'main',
    'metricsJson',
    'metricsRecord',
    'openRun',
    'processTerminal',
  ])
})

it('no source imports a part of a package that the start bundles whole: it would be there twice', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const sources = ['packages', 'pipelines'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(
        (file) =>
          file.includes('src/') && file.endsWith('.ts') && !/node_modules|\.test\.ts$|(^|\/)testing\//.test(file),
      )
      .map((file) => join(root, folder, file)),
  )
  expect(sources.length).toBeGreaterThan(100)
  const parts = sources.filter((file) => /from '(effect|apache-arrow)\//.test(readFileSync(file, 'utf8')))
  expect(parts).toEqual([])
})
