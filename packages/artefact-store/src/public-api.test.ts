import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'ArtefactStore',
    'ArtefactValueError',
    'BlobDamagedError',
    'BlobMissingError',
    'BlobStore',
    'StoreFullError',
    'StoreIoError',
    'StorePathError',
    'UnknownFilmError',
    'artefactBytes',
    'fileBlobs',
    'fileLocks',
    'fileManifests',
    'fileStore',
    'hasEnded',
    'kindDigest',
    'machineText',
    'memoryBlobs',
    'memoryLocks',
    'memoryManifests',
    'memoryStore',
    'processMark',
    'readArtefact',
    'readRunRecord',
    'writeArtefact',
  ])
})
