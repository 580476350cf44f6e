// kill -9 of a process that trains: the same command goes on and ends with the same bits as one that was left alone.
import { afterAll, expect, it, jest } from '@jest/globals'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

jest.setTimeout(180_000)
const root = mkdtempSync(join(tmpdir(), 'radiograft-kill-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Numbers that are only carried along, 16 MB: writing them takes longer than a step. */
const ballast = 4_000_000

/** Runs it, and kills it when it says this; answers what it has said. */
const train = (folder: string, killAt?: string): Promise<ReadonlyArray<string>> => {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@radiograft/source',
      '--import',
      here('../../../tools/ts-loader.mjs'),
      here('./testing/trainOnce.ts'),
      folder,
      String(ballast),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  )
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += String(chunk)
    if (killAt === undefined || !text.split('\n').slice(0, -1).includes(killAt)) return
    // a checkpoint is begun within a millisecond or two of its word, and takes a hundred
    setTimeout(() => child.kill('SIGKILL'), killAt.startsWith('saving') ? 15 : 0)
  })
  return new Promise((resolve) => child.on('close', () => resolve(text.split('\n').filter((line) => line !== ''))))
}
const temporaries = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((attempt) =>
        readdirSync(join(folder, attempt)).filter((name) => name.endsWith('.tmp')),
      ).length
    : 0

it('at five points, two of them while a checkpoint is written', async () => {
  const alone = (await train(join(root, 'alone'))).at(-1)
  expect(alone).toMatch(/^outcome [0-9a-f]{64}$/)
  const folder = join(root, 'killed')
  let last = 0
  let cut = 0
  for (const killAt of ['step 3', 'saving 6', 'step 11', 'saving 14', 'step 20']) {
    const lines = await train(folder, killAt)
    expect(lines).toContain(killAt)
    expect(lines.at(-1)).not.toMatch(/^outcome/)
    // it went on where what was acknowledged last says, or at the one that was whole though nobody heard of it
    const from = Number(lines.find((line) => line.startsWith('from '))?.slice(5) ?? 0)
    expect(from).toBeGreaterThanOrEqual(last)
    last = Math.max(from, ...lines.filter((line) => line.startsWith('saved ')).map((line) => Number(line.slice(6))))
    if (killAt.startsWith('saving')) cut += temporaries(folder)
  }
  expect(cut).toBeGreaterThan(0) // a write was cut short
  const lines = await train(folder)
  expect(Number(lines[0]!.slice(5))).toBeGreaterThanOrEqual(last)
  expect(lines.at(-1)).toBe(alone)
  expect(temporaries(folder)).toBe(0)
})
