// A shell asked for what its completion script prints, in a workspace.
import { execFileSync } from 'node:child_process'
import type { TestWorkspace } from './testWorkspace.ts'

/** Answers what the shell prints that runs this script with these arguments; `-f` keeps zsh from its user's settings. */
export const shellAsker =
  ({ path }: TestWorkspace) =>
  (shell: string, script: string, ...args: ReadonlyArray<string>): string =>
    execFileSync(shell, [...(shell === 'zsh' ? ['-f'] : []), '-c', script, shell, ...args], {
      cwd: path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    }).trim()
