import { describe, expect, it } from '@jest/globals'
import { runFlags } from '../commands/runFlags.ts'
import { parseArguments } from './parseArguments.ts'
import { settings } from './settings.ts'
import { wholeNumber } from './wholeNumber.ts'

const parse = (...argv: ReadonlyArray<string>) => parseArguments(runFlags, argv)

it('positionals, values, switches; --name value and --name=value', async () => {
  const given = await parse('granet', '--preset', 'quick', '--seed=3', '--dry-run', '--store', '/a b')
  expect(given.positionals).toEqual(['granet'])
  expect([given.get('preset'), given.get('seed'), given.get('store'), given.get('out')]).toEqual([
    'quick',
    '3',
    '/a b',
    undefined,
  ])
  expect([given.has('dry-run'), given.has('check')]).toEqual([true, false])
})

it('a flag that may come several times keeps its order; the first = divides name and value', async () => {
  const given = await parse('x', '--set', 'a=1', '--set=b.c=d=e', '--set', 'f=')
  expect(given.all('set')).toEqual(['a=1', 'b.c=d=e', 'f='])
  expect(given.all('data')).toEqual([])
})

it('a value may be negative, a lone dash is a positional, `--` is skipped', async () => {
  expect((await parse('--seed', '-1')).get('seed')).toBe('-1')
  expect((await parse('--', '-', 'x')).positionals).toEqual(['-', 'x'])
})

it('switches as Nx passes them on: camel case, =true, =false', async () => {
  expect((await parse('--dryRun')).has('dry-run')).toBe(true)
  expect((await parse('--dryRun=true', '--check=false')).has('check')).toBe(false)
})

it('-h is --help', async () => {
  expect((await parse('-h')).has('help')).toBe(true)
})

describe('what cannot be', () => {
  it.each([
    [['--prset', 'quick'], "unknown flag '--prset', did you mean '--preset'?"],
    [['--zzzzzzzz'], "unknown flag '--zzzzzzzz'. Known: --preset"],
    [['-x'], "unknown flag '-x'"],
    [['--preset', 'a', '--preset', 'b'], "--preset is given twice ('a' and again); it takes one value."],
    [['--dry-run=maybe'], "--dry-run is a switch and takes no value, but 'maybe' was given."],
    [['--store'], '--store needs a value: --store <dir>.'],
    [['--store', '--dry-run'], '--store needs a value: --store <dir>.'],
    [['--store='], '--store needs a value: --store <dir>.'],
  ])('%j', async (argv, message) => {
    await expect(parse(...argv)).rejects.toMatchObject({
      _tag: 'UsageError',
      message: expect.stringContaining(message),
    })
  })
})

it('settings: a record, the last of a name counts, values keep their spaces and equal signs', () => {
  expect(settings(['size=256', 'fit.steps=3', 'size=128', 'note= a=b '])).toEqual({
    size: '128',
    'fit.steps': '3',
    note: ' a=b ',
  })
  expect(() => settings(['size'])).toThrow(/--set 'size': expected <parameter>=<value>, .* such as --set size=256/)
  expect(() => settings(['=3'])).toThrow(/--set '=3'/)
})

it('whole numbers within their bounds', async () => {
  expect(wholeNumber(await parse('--seed', '4294967295'), 'seed', 0, 4294967295)).toBe(4294967295)
  expect(wholeNumber(await parse(), 'seed', 0, 9)).toBeUndefined()
  for (const text of ['4294967296', '1.5', '-1', 'x', '1e3', '0x10', ' 3'])
    expect(wholeNumberOf(await parse('--seed', text))).toBe(
      `--seed '${text}': expected a whole number from 0 to 4294967295.`,
    )
})
const wholeNumberOf = (given: Awaited<ReturnType<typeof parse>>): string => {
  try {
    return String(wholeNumber(given, 'seed', 0, 4294967295))
  } catch (error) {
    return (error as Error).message
  }
}
