import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { messageOf } from '../testing/messageOf.ts'
import { findRun } from './findRun.ts'
import { findPipelineFile, loadPipeline, pipelineNames } from './pipelineFile.ts'
import { linkLatest, makeWritable, moveRun, outFolder, runIds } from './runFolders.ts'

const write = (file: string, text = '{}'): void => {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}

describe('a folder that must be writable', () => {
  it('is made, with those above it', () => {
    const path = join(emptyFolder('files'), 'a/b')
    expect(makeWritable(path, 'the store', '--store')).toBe(path)
    expect(readdirSync(path)).toEqual([])
  })
  it('a file, a path through a file, a place where nobody may write: one error that names it and the flag', () => {
    const root = emptyFolder('files')
    write(join(root, 'file'))
    expect(messageOf(() => makeWritable(join(root, 'file'), 'the store', '--store'))).toBe(
      `the store ${root}/file cannot be used: it is a file, not a folder. Choose another folder with --store.`,
    )
    expect(messageOf(() => makeWritable(join(root, 'file/x/y'), 'the store', '--store'))).toMatch(
      /file\/x\/y cannot be used: .*(is a file, not a folder|a part of the path is a file)\. Choose/,
    )
    expect(messageOf(() => makeWritable('/proc/radiograft/store', 'the store', '--store'))).toMatch(/cannot be used/)
    // nobody may make a folder there, root included
    expect(messageOf(() => makeWritable('/sys/radiograft/store', 'the store', '--store'))).toMatch(
      /^the store \/sys\/radiograft\/store cannot be used: (operation not permitted|permission denied|the file system is read-only|folders cannot be made there)\. Choose/,
    )
  })
})

describe('the folder for --out', () => {
  it('new, empty, or of an earlier run', () => {
    const root = emptyFolder('files')
    expect(outFolder(root)).toBe(root)
    write(join(root, 'run.json'))
    write(join(root, 'figures/a.png'))
    expect(outFolder(root)).toBe(root)
  })
  it('with files of somebody else it is refused, and they stay', () => {
    const root = emptyFolder('files')
    write(join(root, 'figures/thesis.png'), 'mine')
    expect(messageOf(() => outFolder(root))).toContain(`the run folder ${root} holds figures and no run;`)
    expect(readFileSync(join(root, 'figures/thesis.png'), 'utf8')).toBe('mine')
  })
})

describe('runs', () => {
  it('a run moved to --out keeps its name among the runs; the earlier one there is replaced, other files stay', () => {
    const runs = emptyFolder('files')
    const out = emptyFolder('files')
    for (const id of ['20260101-000000-p-quick-aaaa', '20260102-000000-p-quick-bbbb']) {
      write(join(runs, id, 'run.json'), id)
      write(join(runs, id, 'logs/x.log'), id)
      moveRun(join(runs, id), out)
      linkLatest(join(runs, id))
      if (id.endsWith('aaaa')) {
        write(join(out, 'figures/old.png'))
        write(join(out, 'notes.txt'), 'mine')
      }
    }
    expect(readFileSync(join(out, 'run.json'), 'utf8')).toBe('20260102-000000-p-quick-bbbb')
    expect(readdirSync(out).toSorted()).toEqual(['logs', 'notes.txt', 'run.json'])
    expect(runIds(runs)).toEqual(['20260102-000000-p-quick-bbbb'])
    expect(readlinkSync(join(runs, 'latest'))).toBe('20260102-000000-p-quick-bbbb')
    expect(lstatSync(join(runs, '20260102-000000-p-quick-bbbb')).isSymbolicLink()).toBe(true)
    expect(existsSync(join(runs, 'latest/run.json'))).toBe(true)
  })

  it('a run that cannot be moved leaves the earlier one as it was, and is no run', () => {
    const runs = emptyFolder('files')
    const out = emptyFolder('files')
    write(join(out, 'run.json'), 'earlier')
    write(join(out, 'logs/x.log'), 'earlier')
    write(join(out, 'report/index.html'), 'earlier')
    const folder = join(runs, '20260102-000000-p-quick-bbbb')
    write(join(folder, 'logs/x.log'), 'new')
    write(join(folder, 'run.json'), 'new')
    // a folder is not copied over a file
    write(join(folder, 'zzz/a'), 'new')
    write(join(out, 'zzz'), 'mine')
    expect(() => moveRun(folder, out)).toThrow(/zzz/)
    for (const name of ['run.json', 'logs/x.log', 'report/index.html'])
      expect(readFileSync(join(out, name), 'utf8')).toBe('earlier')
    expect(readdirSync(out).toSorted()).toEqual(['logs', 'report', 'run.json', 'zzz'])
    expect(readdirSync(runs)).toEqual([])
  })

  it('are found by folder, id, its beginning, pipeline, or latest', () => {
    const runs = emptyFolder('files')
    const ids = [
      '20260101-000000-granet-quick-aaaa',
      '20260102-000000-other-quick-bbbb',
      '20260103-000000-granet-paper-cccc',
    ]
    for (const id of ids) write(join(runs, id, 'run.json'))
    const found = (given: string): string => findRun(given, runs).slice(runs.length + 1)
    expect(findRun(join(runs, ids[1]!), '/none')).toBe(join(runs, ids[1]!))
    expect(findRun(join(runs, ids[1]!, 'run.json'), '/none')).toBe(join(runs, ids[1]!))
    expect(found(ids[0]!)).toBe(ids[0])
    expect(found('20260102')).toBe(ids[1])
    expect(found('granet')).toBe(ids[2])
    expect(found('latest')).toBe(ids[2])
    expect(found('latest~1')).toBe(ids[1])
    linkLatest(join(runs, ids[1]!))
    expect(found('latest')).toBe('latest')
    expect(found('latest~0')).toBe('latest')
    expect(found('latest~1')).toBe(ids[0])
    expect(messageOf(() => findRun('latest~2', runs))).toMatch(/^there is no run 'latest~2'/)
    expect(found('other-quick')).toBe(ids[1])
    expect(messageOf(() => findRun('nix', runs))).toBe(
      `there is no run 'nix' in ${runs}. The newest: ${ids.toReversed().join(', ')}.`,
    )
    expect(messageOf(() => findRun('latest', join(runs, 'none')))).toMatch(
      /holds no runs yet\. Run a pipeline first: npm run radiograft -- run <pipeline>\.$/,
    )
  })
})

describe('a name that does not say which run', () => {
  const runs = join(emptyFolder('files'), 'runs')
  const ids = Array.from({ length: 7 }, (_, i) => `2026010${i + 1}-000000-granet-quick-aaa${i}`)
  for (const id of ids) write(join(runs, id, 'run.json'))
  it('the beginning of several is refused, and they are listed', () => {
    expect(messageOf(() => findRun('2026', runs))).toBe(
      `'2026' begins the names of 7 runs: ${ids.toReversed().slice(0, 5).join(', ')}, …. Give more of the name.`,
    )
    expect(findRun('20260103', runs)).toBe(join(runs, ids[2]!))
  })
  it('an empty one', () => {
    for (const name of ['', ' ']) expect(messageOf(() => findRun(name, runs))).toMatch(/^which run\?/)
  })
  it('a run of one stage alone is found by its name or its beginning, and is nobody’s latest', () => {
    const id = '20260109-000000-alone-quick-bbbb'
    const folder = join(runs, '../only', id)
    write(join(folder, 'run.json'))
    expect([findRun(id, runs), findRun('20260109', runs)]).toEqual([folder, folder])
    expect(findRun('latest', runs)).toBe(join(runs, ids[6]!))
    expect(messageOf(() => findRun('alone', runs))).toMatch(/^there is no run 'alone'/)
  })
})

describe('pipeline files', () => {
  const root = emptyFolder('files')
  write(join(root, 'pipelines/src/granet.ts'), 'export default 3')
  write(join(root, 'pipelines/src/granet.test.ts'))
  write(join(root, 'pipelines/src/none.ts'), 'export const x = 1')
  write(join(root, 'pipelines/src/wrong.ts'), 'export default { name: 1')

  it('by name or path; an unknown name gets a suggestion', async () => {
    expect(pipelineNames(root)).toEqual(['granet', 'none', 'wrong'])
    expect(await findPipelineFile('granet', root)).toBe(join(root, 'pipelines/src/granet.ts'))
    expect(await findPipelineFile(join(root, 'pipelines/src/none.ts'), '/')).toBe(join(root, 'pipelines/src/none.ts'))
    await expect(findPipelineFile('grant', root)).rejects.toThrow("unknown pipeline 'grant', did you mean 'granet'?")
    await expect(findPipelineFile('./grant.ts', root)).rejects.toThrow(/^there is no pipeline file .*grant\.ts\./)
    await expect(findPipelineFile(root, root)).rejects.toThrow(`${root} is a folder; give a pipeline file or a name.`)
  })

  it('that hold none: one error that names the file', async () => {
    const load = (name: string) => loadPipeline(join(root, 'pipelines/src', `${name}.ts`))
    await expect(load('granet')).rejects.toThrow(/granet\.ts is no pipeline; write `export default Pipeline\.make/)
    await expect(load('none')).rejects.toThrow(/none\.ts has no default export/)
    await expect(load('wrong')).rejects.toThrow(/^the pipeline file .*wrong\.ts cannot be loaded: /)
  })
})
