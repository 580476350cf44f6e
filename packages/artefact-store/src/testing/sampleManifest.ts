// A manifest to commit in tests.
import type { Manifest } from '../Manifest.ts'

export const sampleManifest = (given: Partial<Manifest> = {}): Manifest => ({
  format: 1,
  key: 'a'.repeat(64),
  node: 'read',
  stage: 'read',
  keyParts: {
    format: 1,
    stage: 'read',
    code: 'c',
    externals: 'e',
    runtime: null,
    params: {},
    inputs: {},
    seed: 1,
    salt: '',
    schemas: {},
  },
  outputs: {},
  provenance: [],
  versions: {},
  fingerprint: { cpu: '', threads: 1, arch: '', platform: '' },
  modules: {},
  seconds: 1,
  started: '2026-01-01T00:00:00.000Z',
  run: 'r1',
  metrics: {},
  ...given,
})
