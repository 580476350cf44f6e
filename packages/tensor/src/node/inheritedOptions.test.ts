import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inheritedOptions } from './inheritedOptions.ts'
import { runCommand } from './runCommand.ts'

describe('inheritedOptions', () => {
  it.each([
    ['code after its option', ['-e', 'go()', '--import', './loader.mjs'], ['--import', './loader.mjs']],
    ['code in one word', ['--eval=a=1', '--print=b', '-C', 'x'], ['-C', 'x']],
    ['code that begins with a minus', ['-p', String.raw`\-5`, '--no-warnings'], ['--no-warnings']],
    ['a value that is no code', ['--input-type', 'module', '-pe', '1'], []],
    ['underscores', ['--input_type=module', '--max_old_space_size=99'], ['--max_old_space_size=99']],
    ['tests', ['--test', '--test-reporter', 'spec', '--test-only', '-r', './a.cjs'], ['-r', './a.cjs']],
    ['watching', ['--watch', '--watch-path', './src', '--enable-source-maps'], ['--enable-source-maps']],
    ['a debugger', ['--inspect-brk=9229', '--inspect-port', '0', '--inspect', '--debug-port=1'], []],
    [
      'loaders and conditions stay',
      ['--conditions=a', '-C', 'b', '--import', 'x', '--loader=y', '--experimental-vm-modules', '--env-file', '.env'],
      ['--conditions=a', '-C', 'b', '--import', 'x', '--loader=y', '--experimental-vm-modules', '--env-file', '.env'],
    ],
  ])('%s', (_, given, kept) => expect(inheritedOptions(given)).toEqual(kept))
})

describe('a measurement asked for by code on the command line', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'radiograft-options-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it.each(['-e', '--eval', '-p'])('%s: its own file runs, not that code again', async (option) => {
    const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
    const stub = join(folder, 'stub.mjs')
    // in place of the measurement, where Node was given a file and not code
    writeFileSync(
      stub,
      `if (process.execArgv.at(-1) === import.meta.filename) { process.stdout.write('{"measured":true}'); process.exit(0) }`,
    )
    const code = `if (process.env.STARTED) { console.error('started itself'); process.exit(3) }
      process.env.STARTED = '1'
      import('${new URL('./measureAside.ts', import.meta.url).href}')
        .then(({ measureAside }) => measureAside('timeKernels', []))
        .then((told) => console.error(JSON.stringify(told.printed ?? told.why)))`
    const args = ['--conditions=@radiograft/source', '--import', loader, '--import', stub, option, code]
    const { NODE_OPTIONS: _, STARTED: __, ...env } = process.env
    const { stderr } = await runCommand(process.execPath, args, { env })
    expect(stderr.trim()).toBe('{"measured":true}')
  })
})
