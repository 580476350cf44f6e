// A small run for the tests of tracking: one dataset, two stages, no store.
import { processMark } from '@radiograft/artefact-store'
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const node = (given: Partial<RunRecordNode> & { readonly label: string }): RunRecordNode => ({
  id: given.label,
  stage: given.label,
  doc: `What ${given.label} does.`,
  rows: [],
  resource: 'compute',
  cells: [],
  params: {},
  paramSources: {},
  inputs: {},
  status: 'pending',
  reason: '',
  key: null,
  seconds: null,
  log: null,
  ...given,
})

export const exampleRecord = (given: Partial<RunRecord> = {}): RunRecord => ({
  format: 1,
  run: '20261124-051203-tiny-quick-9f3a',
  pipeline: 'tiny',
  doc: 'Squares and their sums.',
  preset: 'quick',
  status: 'running',
  command: ['radiograft', 'run', 'tiny', '--data', '/home/ann/films of Mr Miller'],
  seed: 7,
  params: [{ name: 'steps', value: 40, source: '--set', doc: 'how long' }],
  axes: { attention: ['off', 'on'] },
  datasets: { films: { layout: 'nih', digest: 'a'.repeat(64) } },
  nodes: [
    node({ label: 'read', stage: 'read-films', inputs: { dataset: ['dataset:films'] } }),
    node({
      label: 'fit[attention=on]',
      id: 'fit',
      stage: 'fit-detector',
      params: { steps: 40, 'lr%': [0.1, 0.01], finding: 'a|b' },
      paramSources: { steps: 'pipeline', 'lr%': 'default' },
      inputs: { films: ['read'] },
    }),
  ],
  results: {},
  notBuilt: [],
  versions: { node: '20.19.0', effect: '4.0.6' },
  fingerprint: { cpu: 'Some CPU', threads: 2, arch: 'x64', platform: 'linux' },
  store: '/home/ann/work/.radiograft/store',
  process: processMark(),
  started: '2026-11-24T05:12:03.000Z',
  seconds: null,
  error: null,
  ...given,
})

/** Writes run.json and the journal; the journal's text follows its lines. */
export const writeRun = (folder: string, record: RunRecord, lines: ReadonlyArray<JournalLine>, torn = ''): void => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record))
  writeFileSync(join(folder, 'events.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join('') + torn)
}
