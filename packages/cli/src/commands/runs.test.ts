// show, compare, run --only and openRun on real runs of a small pipeline, as a user starts them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { Network } from '@radiograft/pipeline'
import { comparisonLines } from '../compare/comparisonLines.ts'
import { main } from '../main.ts'
import { openRun } from '../open/openRun.ts'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { writeRsnaFolder } from '../testing/rsnaFolder.ts'
import { paintFor } from '../text/paint.ts'
import { filmsPipeline, scoredPipeline, testWorkspace, tinyPipeline } from '../testing/testWorkspace.ts'

jest.setTimeout(180_000)
const workspace = testWorkspace()
const at = (name: string): string => join(workspace.path, name)
/** Runs need a workspace of their own, and so a process; what looks at them is given their folders. */
const call = async (args: ReadonlyArray<string>) => {
  if (args[0] === 'run') return workspace.run(args)
  const terminal = memoryTerminal()
  const code = await main(
    args.map((arg) => (/^(a|b|real|leak|others)$/.test(arg) ? at(arg) : arg)),
    terminal,
    new AbortController().signal,
  )
  return { code, out: terminal.text(), err: terminal.errors() }
}
const ok = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await call(args)
  expect([code, err]).toEqual([0, ''])
  return out
}
const refused = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await call(args)
  expect([code, out]).toEqual([2, ''])
  return err
}
beforeAll(async () => {
  await ok('run', scoredPipeline, '--out', at('a'))
  await ok('run', scoredPipeline, '--set', 'bias=0.1', '--out', at('b'))
})

describe('show', () => {
  it('a run: status, command, settings, stages, results, metrics', async () => {
    const out = await ok('show', 'b')
    expect(out).not.toContain('\u001B')
    expect(out).toMatch(/\nstatus {3}done\n/)
    expect(out).toMatch(/\ncommand {2}radiograft run .*scored\.ts --set bias=0\.1 --out /)
    expect(out).toMatch(/\nSettings that are not the defaults\n {2}bias {2}0\.1 {2}--set\n/)
    expect(out).toMatch(/\n {2}judge\[fold=0\] +computed +\d.* {2}[0-9a-f]{12} {2}params\.bias 0 → 0\.1\n/)
    expect(out).toMatch(/\n {2}make +hit /)
    expect(out).toMatch(/\n {2}metrics +metrics +compare-arms\.metrics\n/)
    expect(out).toMatch(/\n {2}test {2}ap +0\.2500 {2}\[/)
  })
  it('a stage: parameters with sources, inputs with where they come from, outputs, key, log', async () => {
    const out = await ok('show', 'a', 'make')
    expect(out).toMatch(/\n {2}films {2}12 {2}\w+\n/)
    expect(out).toMatch(/\nOutputs\n {2}cohort +cohort +12 rows +\d+ kB {2}[0-9a-f]{12}\n/)
    expect(out).toMatch(/\n {2}code +[0-9a-f]{12}, \d modules?\n/)
    expect(out).toMatch(/[0-9a-f]{12} {2}.*\/testing\/scored\/make\.run\.ts\n/)
    expect(out).toMatch(/\n {2}made {2}12\n/)
    expect(out).toMatch(/\n {2}making 12 films\n$/)
    expect(await ok('show', 'a', 'judge[fold=1]')).toMatch(/\nInputs\n {2}cohort {2}make\.cohort {2}[0-9a-f]{12}\n/)
  })
  it('several arms are listed; a wrong name gets a suggestion; one that is kept shows the log of the run that computed it', async () => {
    const arms = await ok('show', 'a', 'judge')
    expect(arms).toMatch(/judge has 3 arms .* such as 'judge\[fold=0\]':\n {2}arm +state +time +key +fold\n/)
    expect(await refused('show', 'a', 'judg')).toMatch(/^error: unknown stage 'judg', did you mean 'judge'\?/)
    expect(await refused('show', 'a', 'make.film')).toMatch(
      /^error: unknown output of 'make' 'film', did you mean 'films'\?/,
    )
    expect(await refused('show', 'zzz')).toMatch(/^error: there is no run 'zzz'/)
    expect(await ok('show', 'b', 'make')).toMatch(/\n {2}making 12 films\n$/)
  })
  it('ports by kind: table, films, network, curves; the phantom keeps its patients', async () => {
    const table = await ok('show', 'a', 'make.cohort', '--rows', '2')
    expect(table).toMatch(/digest [0-9a-f]{12}, verified: 1 blob whole\n/)
    expect(table).toMatch(/\nfilm-00 {2}person-0 {2}true/)
    expect(table).toContain('… 10 more of 12 rows')
    expect((await ok('show', 'a', 'make.cohort', '--csv')).split('\r\n')).toHaveLength(14)
    expect(JSON.parse(await ok('show', 'a', 'make.cohort', '--json', '--film', 'film-03'))).toEqual([
      { film: 'film-03', patient: 'person-3', patientKnown: true, view: 'PA', sex: 'M', age: 43 },
    ])
    const films = await ok('show', 'a', 'make.films', '--out', at('grid.png'))
    expect(films).toMatch(/range 0 to 0\.7333, mean 0\.3667, of the 12 shown/)
    expect(readFileSync(at('grid.png')).subarray(1, 4).toString()).toBe('PNG')
    await ok('show', 'a', 'make.films', '--rows', '2')
    expect(existsSync(at('a/show/make.films.png'))).toBe(true)
    expect(await ok('show', 'a', 'make.network')).toMatch(/ {2}weight {2}2 × 2 +4 +5 +2\.500\n/)
    expect(await ok('show', 'a', 'make.curves')).toContain('⠉')
    expect(await refused('show', 'a', 'make.films', '--film', 'film-99')).toContain("no film 'film-99'")
  })
  it('a damaged blob is told', async () => {
    const { chunks } = (await (await openRun(at('a'))).output('make.curves')).artefact
    const { digest } = chunks[0]!
    const blob = join(workspace.path, '.radiograft/store/blobs', digest.slice(0, 2), digest.slice(2))
    const bytes = readFileSync(blob)
    writeFileSync(
      blob,
      bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    )
    const { code, err } = await call(['show', 'a', 'make.curves'])
    expect([code, err]).toEqual([1, expect.stringMatching(/^error: Blob [0-9a-f]{64} in .* is damaged\./)])
    writeFileSync(blob, bytes)
  })
  it('patients of real films are pseudonyms, in text, CSV, JSON and openRun; in clear only when asked for', async () => {
    await ok('run', filmsPipeline, '--data', writeRsnaFolder({ patient: (i) => `nih-770077${i}` }), '--out', at('real'))
    const shown = [
      await ok('show', 'real', 'read.cohort', '--all'),
      await ok('show', 'real', 'read.cohort', '--csv'),
      await ok('show', 'real', 'split[fold=0].split', '--json'),
      await ok('show', 'real', 'read'),
    ]
    for (const text of shown) expect(text).not.toContain('770077')
    expect(shown[0]).toMatch(/film-000 {2}patient-[0-9a-f]{12} {2}true/)
    const rows = async (options: Parameters<typeof openRun>[1]) =>
      (await (await openRun(at('real'), options)).output('read.cohort')).table()
    expect((await rows({}))[0]!['patient']).toMatch(/^patient-[0-9a-f]{12}$/)
    expect((await rows({ patients: 'clear' }))[0]!['patient']).toBe('nih-7700770')
  })
})

describe('openRun', () => {
  it('record, stages, outputs by kind, metrics, key parts', async () => {
    const run = await openRun(at('b'))
    expect(run.record.pipeline).toBe('scored')
    expect(run.stages.map(({ label }) => label)).toEqual([
      'make',
      'judge[fold=0]',
      'judge[fold=1]',
      'judge[fold=2]',
      'compare-arms',
    ])
    expect(run.metrics()?.['model/test/ap']?.value).toBeCloseTo(0.25, 12)
    const stage = run.stage('judge[fold=2]')
    expect(stage.why).toBe('params.bias 0 → 0.1')
    expect((await stage.keyParts()).params).toEqual({ fold: 2, bias: 0.1, swap: false })
    expect(run.arms('judge')).toHaveLength(3)
    const films = await (await run.output('make.films')).films()
    expect((await films.rows([films.indexOf('film-03')]))[0]![0]).toBeCloseTo(3 / 15, 2)
    const network = await (await run.stage('make').output('network')).read(Network)
    expect([...network.tensors['weight']!.data]).toEqual([3, 0, 4, 0])
    expect(await stage.metrics()).toEqual({})
  })
  it('what cannot be is a typed error', async () => {
    await expect(openRun(at('none'))).rejects.toMatchObject({ _tag: 'RunRecordError', folder: at('none') })
    const run = await openRun(at('a'))
    expect(() => run.stage('judge')).toThrow(expect.objectContaining({ _tag: 'SeveralArmsError' }))
    expect(() => run.stage('jugde')).toThrow(/did you mean 'judge'/)
    await expect(run.stage('make').output('film')).rejects.toMatchObject({ _tag: 'UnknownNameError' })
    const away = await openRun(at('a'), { store: at('no-store') })
    await expect(away.stage('make').outputs()).rejects.toMatchObject({ _tag: 'StageNotKeptError', stage: 'make' })
  })
})

describe('compare', () => {
  it('a bias of .1 on each of twelve films: better by .1, whatever is resampled', async () => {
    const out = await ok('compare', 'a', 'b')
    expect(out).toMatch(
      /\n {2}bias {2}0 {2}→ {2}0\.1\n {2}judge\[fold=0\], judge\[fold=1\], judge\[fold=2\]\n {4}bias 0 → 0\.1\n/,
    )
    expect(out).toContain('1 stage of the same key: the same result')
    expect(out).toMatch(
      /\nmodel {2}12 films of both\n {2}ap +0\.1500 +0\.2500 +\+0\.1000 {2}\[0\.1000, 0\.1000\] +12 .* better\n/,
    )
    expect(out).toMatch(/ {2}spread +1 +1 +0 .* equal\n/)
    expect(out).toContain('one seed each')
    const { paired } = (
      JSON.parse(await ok('compare', 'a', 'b', '--json', '--metric', 'ap')) as {
        comparison: { paired: ReadonlyArray<{ metric: string; difference: { value: number }; verdict: string }> }
      }
    ).comparison
    expect(paired.map(({ metric, verdict }) => [metric, verdict])).toEqual([['ap', 'better']])
    expect(paired[0]!.difference.value).toBeCloseTo(0.1, 12)
    await ok('run', scoredPipeline, '--out', at('same'))
    expect(await ok('compare', 'a', at('same'))).toContain('nothing: the same settings, data, code and seed')
    expect(await refused('compare', 'a', 'a')).toMatch(/ are one run, \d+-\d+-scored-default-\w+\. Give two: latest~1 /)
    expect(await refused('compare', 'a', 'b', '--metric', 'app')).toMatch(/unknown metric 'app', did you mean 'ap'\?/)
    // bare names for a bare name, whole ones for a whole one, each once
    expect(await refused('compare', 'a', 'b', '--metric', 'zzzzzz')).toBe(
      "error: unknown metric 'zzzzzz'. Known: ap, spread.\n",
    )
    expect(await refused('compare', 'a', 'b', '--metric', 'x/y/zzzzzz')).toBe(
      "error: unknown metric 'x/y/zzzzzz'. Known: model/test/ap, model/test/spread.\n",
    )
    expect(await refused('compare', 'a')).toMatch(/which two runs\?/)
  })
  it('a narrow terminal keeps the difference and the verdict', () => {
    const mean = (value: number) => ({ value, low: value - 1, high: value + 1, n: 12 })
    const one = { arm: 'model', metric: 'ap-rsna-0.40:0.75-positives', a: mean(1), b: mean(4), difference: mean(3) }
    const found = {
      comparison: {
        paired: [{ ...one, smallestDetectable: 0.1165, verdict: 'better' }],
        notPaired: [],
        films: [{ arm: 'model', common: 12, onlyA: 0, onlyB: 0, replicas: [1, 1] as const, leakChecked: true }],
      },
      unpaired: [],
      onlyA: [],
      onlyB: [],
      oneSeed: false,
      noModel: ['model'],
    }
    for (const columns of [60, 80, 120]) {
      const lines = comparisonLines(found, columns, paintFor(false)).slice(0, 4)
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(columns)
      expect(lines[2]).toBe('model  12 films of both; no model is behind it')
      expect(lines[3]).toMatch(/\+3 {2}\[2, 4\].* better$/)
    }
  })
  it('films that the other had seen are not paired, nor films that are others under the same name', async () => {
    await ok('run', scoredPipeline, '--set', 'leak=true', '--set', 'fold=0', '--out', at('leak'))
    const leak = await ok('compare', 'a', 'leak')
    expect(leak).toContain("not paired  model: B was trained or tuned on 11 of A's test films or on their patients")
    expect(leak).not.toContain('Film by film')
    expect(leak).toMatch(/Not paired: each run by itself\n.*\n {2}model\/test\/ap +0\.1500/)
    await ok('run', scoredPipeline, '--set', 'birth=20', '--out', at('others'))
    expect(await ok('compare', 'a', 'others')).toContain(
      'not paired  model: 12 of 12 common film ids stand for another film: patient, view, age or class differ',
    )
    expect(await ok('compare', 'a', 'others')).toContain('the films themselves were made otherwise (make)')
  })
})

describe('run --only', () => {
  const runs = (): number => readdirSync(at('.radiograft/runs')).length
  it('computes the stage alone; names what is missing and how to make it; says whether it comes out the same', async () => {
    const before = runs()
    const missing = await refused('run', tinyPipeline, '--set', 'twice=off', '--set', 'n=31', '--only', 'sum')
    expect(missing).toMatch(/^error: sum cannot be computed alone: what it reads is not in the store \(count\)\.\n/)
    expect(missing).toMatch(/ --set twice=off --set n=31 --only count\n$/)
    const args = ['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=31']
    expect(await ok(...args, '--only', 'count')).toMatch(
      /\ncomputed {2}count in .*\nlook at it: npm run radiograft -- show \S+\/only\/\S+ count\n$/,
    )
    expect(await ok(...args, '--only', 'count')).toMatch(/^kept {2}count, key /)
    expect(await ok(...args, '--only', 'count', '--force')).toMatch(/\nbit for bit the same {2}count: .*, squares\n/)
    expect(await ok(...args, '--only', 'sum', '--in-process')).toMatch(/\ncomputed {2}sum in /)
    expect(runs()).toBe(before)
    expect(await refused(...args, '--force')).toBe('error: --force is about one stage: give it with --only <stage>.\n')
    expect(await refused(...args, '--only', 'smu')).toMatch(/did you mean 'sum'\?/)
  })
})
