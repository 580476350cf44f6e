// The Python that the peers run in: the one that RADIOGRAFT_BENCH_PYTHON names, or an environment with our pins.
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../pythonEnvironment.mjs'

/** @returns {string} its path */
export const pythonOfPeers = () =>
  process.env['RADIOGRAFT_BENCH_PYTHON'] ||
  pythonEnvironment({
    name: 'bench',
    requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
    announce: () => console.log('making the Python environment of the peers (once, several GB)'),
  })
