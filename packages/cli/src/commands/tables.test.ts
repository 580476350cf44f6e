// Every command by its table: help, flags, examples and the list of commands say the same.
import { describe, expect, it, jest } from '@jest/globals'
import { parseArguments } from '../arguments/parseArguments.ts'
import { commands, main } from '../main.ts'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { tables } from './tables.ts'

jest.setTimeout(60_000)
const call = async (...argv: ReadonlyArray<string>) => {
  const terminal = memoryTerminal()
  const code = await main(argv, terminal, new AbortController().signal)
  return { code, out: terminal.text(), err: terminal.errors() }
}
const names = Object.keys(commands)

it('every command has a table, and every table a command', () => {
  expect(Object.keys(tables).toSorted()).toEqual(names.toSorted())
})

it('the list of commands has a line of each', async () => {
  const { out } = await call('--help')
  for (const load of Object.values(tables)) {
    const { name, line } = await load()
    expect(out).toMatch(new RegExp(`\\n {2}radiograft ${name}\\b.* {2}${line.replaceAll(/[.()?,]/g, '.')}\\n`))
  }
  expect((await call('help')).out).toBe(out)
})

describe.each(names)('%s', (name) => {
  it('--help: every flag of the table with what it does, and examples; help <command> is the same', async () => {
    const table = await tables[name]!()
    expect(table.name).toBe(name)
    const { code, out, err } = await call(name, '--help')
    expect([code, err]).toEqual([0, ''])
    expect(out.startsWith(`radiograft ${name} `)).toBe(true)
    for (const { name: flag, value, doc } of table.flags) {
      const line = out.split('\n').find((one) => one.startsWith(`  --${flag} `) || one === `  --${flag}`)
      expect(line).toContain(doc)
      if (value !== undefined) expect(line).toContain(value)
    }
    expect(new Set(table.flags.map((flag) => flag.name)).size).toBe(table.flags.length)
    expect(out).toMatch(/\nExamples:\n {2}\S/)
    expect((await call('help', name)).out).toBe(out)
  })

  it('its examples are what the command takes', async () => {
    const { flags, examples, positionals } = await tables[name]!()
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const words = example
        .replace(/ {2,}.*$/, '')
        .replace(/\)$/, '')
        .split(' ')
      // of npm, nx and the shells only what they hand on
      const own = words.includes('--') ? words.slice(words.indexOf('--') + 1) : words
      const rest = own[0] === name ? own.slice(1) : ['granet', ...own]
      const pipe = rest.indexOf('|')
      const given = await parseArguments(flags, pipe < 0 ? rest : rest.slice(0, pipe))
      expect(given.positionals.length).toBeLessThanOrEqual(positionals.length)
    }
  })

  it('a flag that it has not: did you mean', async () => {
    const { code, err } = await call(name, '--hlep')
    expect([code, err]).toEqual([2, expect.stringMatching(/^error: unknown flag '--hlep', did you mean '--help'\?/)])
  })
})
