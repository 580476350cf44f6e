// A Python environment with pinned requirements in the user's cache, made on first use. Used by tools/oracles and tools/mlflow.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })

/**
 * @param name the folder's name in the cache, before the hash of its pins
 * @param requirements path of the file with the pins
 * @param announce is called before an environment is made
 * @param pip further arguments of `pip install`
 * @returns the path of its python
 */
export const pythonEnvironment = ({ name, requirements, announce, pip = [] }) => {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const venv = join(cache, 'radiograft', `${name}-${pins}`)
  if (existsSync(join(venv, 'complete'))) return join(venv, 'bin/python')
  announce()
  // made under a name of its own, so that two that start at once do not disturb one another: the first one's stays
  const making = `${venv}.${process.pid}`
  try {
    rmSync(venv, { recursive: true, force: true })
    run('python3', ['-m', 'venv', making])
    run(join(making, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...pip, '-r', requirements])
    writeFileSync(join(making, 'complete'), '')
    if (!existsSync(join(venv, 'complete'))) renameSync(making, venv)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return join(venv, 'bin/python')
}
