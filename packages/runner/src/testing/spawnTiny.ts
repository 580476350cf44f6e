// Starts `runTiny.bin.ts` and reads what it prints.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface TinyProcess {
  readonly process: ChildProcess
  /** the first line whose member has this form; undefined when the process ends without one */
  readonly line: (member: string, form?: RegExp) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly ended: Promise<void>
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `prefix`: a shell command before node, such as `ulimit -f 2;`; `inspect`: a label, computed again in that process under a debugger. */
export const spawnTiny = (
  root: string,
  sets: Readonly<Record<string, string>>,
  prefix = '',
  inspect?: string,
): TinyProcess => {
  const quoted = [
    process.execPath,
    '--conditions=@radiograft/source',
    '--import',
    here('../../../../tools/ts-loader.mjs'),
    here('./runTiny.bin.ts'),
    root,
    JSON.stringify(sets),
    ...(inspect === undefined ? [] : [inspect]),
  ].map((word) => `'${word}'`)
  const child = spawn('/bin/bash', ['-c', `${prefix} exec ${quoted.join(' ')}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const lines: Array<Readonly<Record<string, unknown>>> = []
  let wake: Array<() => void> = []
  let over = false
  const tell = (): void => {
    for (const one of wake) one()
    wake = []
  }
  createInterface({ input: child.stdout }).on('line', (text) => {
    // what an entry prints goes there too when it runs in that process
    if (!text.startsWith('{')) return
    lines.push(JSON.parse(text) as Readonly<Record<string, unknown>>)
    tell()
  })
  const ended = new Promise<void>((done) =>
    child.on('close', () => {
      over = true
      tell()
      done()
    }),
  )
  return {
    process: child,
    ended,
    line: async (member, form) => {
      for (;;) {
        const found = lines.find((line) => member in line && (!form || form.test(String(line[member]))))
        if (found || over) return found
        await new Promise<void>((done) => wake.push(done))
      }
    },
  }
}
