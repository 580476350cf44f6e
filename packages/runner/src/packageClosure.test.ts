import { describe, expect, it } from '@jest/globals'
import { packageClosure } from './packageClosure.ts'
import type { Lock } from './packageClosure.ts'

const lock: Lock = {
  packages: {
    'node_modules/a': { version: '1.0.0', integrity: 'sha-a', dependencies: { b: '^1' }, peerDependencies: { c: '*' } },
    'node_modules/a/node_modules/b': { version: '1.5.0', integrity: 'sha-b1', optionalDependencies: { d: '*' } },
    'node_modules/b': { version: '2.0.0', integrity: 'sha-b2' },
    'node_modules/c': { version: '3.0.0', integrity: 'sha-c', dependencies: { b: '^2', a: '*' } },
    'node_modules/d': { version: '4.0.0', integrity: 'sha-d', dependencies: { ours: '*', missing: '*' } },
    'node_modules/unrelated': { version: '9.0.0', integrity: 'sha-u' },
    'node_modules/ours': { link: true },
  },
}
const changed = (place: string, change: object): Lock => ({
  packages: { ...lock.packages, [place]: { ...lock.packages![place], ...change } },
})

it('follows dependencies, optional and peer ones as well, from where each lies', () => {
  expect(packageClosure(lock, ['node_modules/a']).versions).toEqual({
    a: '1.0.0',
    'a/node_modules/b': '1.5.0',
    b: '2.0.0',
    c: '3.0.0',
    d: '4.0.0',
  })
  expect(packageClosure(lock, ['node_modules/b']).versions).toEqual({ b: '2.0.0' })
  expect(packageClosure(lock, []).versions).toEqual({})
})

describe('its digest', () => {
  const digest = (of: Lock, from: string): string => packageClosure(of, [from]).digest
  it.each([
    ['node_modules/a', { integrity: 'other' }],
    ['node_modules/d', { integrity: 'other' }],
    ['node_modules/a/node_modules/b', { version: '1.5.1' }],
    ['node_modules/c', { dependencies: { a: '*' } }],
  ])('changes with %s %j', (place, change) => {
    // without its way over c, b 2 is out of the closure
    expect(digest(changed(place, change), 'node_modules/a')).not.toBe(digest(lock, 'node_modules/a'))
  })
  it('does not change with a package beside it, nor with the order', () => {
    expect(digest(changed('node_modules/unrelated', { version: '9.0.1' }), 'node_modules/a')).toBe(
      digest(lock, 'node_modules/a'),
    )
    expect(packageClosure(lock, ['node_modules/b', 'node_modules/c']).digest).toBe(
      packageClosure(lock, ['node_modules/c', 'node_modules/b']).digest,
    )
  })
  it('counts a package that the lock does not list by its name', () => {
    expect(packageClosure(lock, ['node_modules/new']).versions).toEqual({ new: 'unlisted' })
    expect(digest(lock, 'node_modules/new')).not.toBe(digest(lock, 'node_modules/newer'))
  })
})
