import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { ignoredFinding, setsIn, trackingFinding } from './surroundings.ts'

it('instruction sets from cpuinfo, those that the runtime uses', () => {
  expect(setsIn('processor\t: 0\nflags\t\t: fpu sse4_2 avx avx2 fma aes\n')).toEqual(['sse4_2', 'avx', 'fma', 'avx2'])
  expect(setsIn('')).toEqual([])
})

describe('the tracking server', () => {
  let server: Server | undefined
  afterEach(() => void server?.close())
  /** A server that answers this; its address. */
  const serve = async (status: number, text: string, seen: Array<string | undefined> = []): Promise<string> => {
    server = createServer((request, response) => {
      seen.push(request.url, request.headers.authorization)
      response.writeHead(status).end(text)
    })
    await new Promise<void>((settle) => server!.listen(0, '127.0.0.1', settle))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  it('not set: how to start one', async () => {
    expect(await trackingFinding({})).toEqual({
      what: 'MLflow',
      ok: 'note',
      says: expect.stringContaining('MLFLOW_TRACKING_URI is not set; start one with npx nx run tools:mlflow'),
    })
  })
  it('answers: its version; a password is used and not told', async () => {
    const seen: Array<string | undefined> = []
    const host = await serve(200, '3.17.0', seen)
    const finding = await trackingFinding({ MLFLOW_TRACKING_URI: `http://me:secret@${host}/` })
    expect(finding).toEqual({ what: 'MLflow', ok: true, says: `http://${host}, version 3.17.0` })
    expect(seen).toEqual(['/version', `Basic ${Buffer.from('me:secret').toString('base64')}`])
  })
  it('another server, a refusal, nobody, a folder: a warning that says which', async () => {
    const says = async (uri: string) =>
      (await trackingFinding({ MLFLOW_TRACKING_URI: uri })) as { says: string; ok: unknown }
    const page = await serve(200, '<html>')
    expect(await says(`http://${page}`)).toMatchObject({
      ok: 'warning',
      says: `http://${page} answers, but is no MLflow server`,
    })
    server!.close()
    server!.closeAllConnections()
    expect((await says(`http://${page}`)).says).toContain('cannot be reached (ECONNREFUSED): runs go on')
    const closed = await serve(401, 'no')
    expect((await says(`http://${closed}`)).says).toContain('answers 401')
    const undecodable = await says('http://me:50%secret@127.0.0.1:5999')
    expect(undecodable).toMatchObject({ ok: 'warning', says: expect.stringContaining('Write a % of your own as %25') })
    expect(undecodable.says).not.toContain('secret')
    expect(await says('./mlruns')).toMatchObject({ ok: 'warning', says: expect.stringContaining('names a folder') })
  })
})

it('git: none, not ignored, ignored', async () => {
  const root = emptyFolder('git')
  const store = join(root, '.radiograft/store')
  mkdirSync(store, { recursive: true })
  expect((await ignoredFinding(root, store)).ok).toBe('note')
  execFileSync('git', ['init', '-q'], { cwd: root })
  expect(await ignoredFinding(root, store)).toMatchObject({
    ok: 'warning',
    says: expect.stringContaining('Add it to .gitignore'),
  })
  writeFileSync(join(root, '.gitignore'), '.radiograft\n')
  expect((await ignoredFinding(root, store)).ok).toBe(true)
  // a path below a file: its folder is asked
  writeFileSync(join(root, 'file'), '')
  expect(await ignoredFinding(root, join(root, 'file/store'))).toMatchObject({ what: 'git' })
  expect(await ignoredFinding('/elsewhere', join(root, 'file/store'))).toMatchObject({ what: 'git', ok: 'warning' })
})
