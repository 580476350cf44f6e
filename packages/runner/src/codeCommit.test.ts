// The commit that a workspace stands at, against git itself.
import { afterAll, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeCommit } from './codeCommit.ts'

const root = mkdtempSync(join(tmpdir(), 'radiograft-commit-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const git = (folder: string, ...args: ReadonlyArray<string>): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' }).trim()

it('is what git says: on a branch, packed, detached, in a folder below, in a linked work tree; empty outside', () => {
  expect(codeCommit(root)).toBe('')
  const here = join(root, 'here')
  mkdirSync(join(here, 'below'), { recursive: true })
  git(here, 'init', '-q', '-b', 'main')
  expect(codeCommit(here)).toBe('')
  git(here, 'commit', '-q', '--allow-empty', '-m', 'one')
  const one = git(here, 'rev-parse', 'HEAD')
  expect(one).toMatch(/^[0-9a-f]{40}$/)
  expect(codeCommit(here)).toBe(one)
  expect(codeCommit(join(here, 'below'))).toBe(one)
  git(here, 'pack-refs', '--all')
  expect(codeCommit(here)).toBe(one)
  git(here, 'commit', '-q', '--allow-empty', '-m', 'two')
  const two = git(here, 'rev-parse', 'HEAD')
  expect(codeCommit(here)).toBe(two)
  git(here, 'worktree', 'add', '-q', '-b', 'side', join(root, 'side'), one)
  expect(codeCommit(join(root, 'side'))).toBe(one)
  git(here, 'checkout', '-q', '--detach', one)
  expect(codeCommit(here)).toBe(one)
})
