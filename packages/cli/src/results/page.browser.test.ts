// A run from its command to its page in a real browser: every name and number in the page is the one in metrics.json, every
// picture is there, and a second run writes the same bytes.
/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, pageNumbers } from '../testing/pageNumbers.ts'
import { testWorkspace } from '../testing/testWorkspace.ts'
import type { Ended } from '../testing/testWorkspace.ts'
import type { MetricsRecord } from './metricsRecord.ts'

const studyPipeline = fileURLToPath(new URL('../testing/study.ts', import.meta.url))
const workspace = testWorkspace()
const command = ['run', studyPipeline, '--preset', 'quick', '--set', 'films=20', '--set', 'fit.steps=5', '--seed', '3']
const [first, second] = ['first', 'second'].map((name) => join(workspace.path, name))
const html = (run: string): string => readFileSync(join(run, 'report/index.html'), 'utf8')

let ended: Ended
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  ended = await workspace.run([...command, '--out', first!])
  browser = await launchBrowser()
  page = await browser.newPage({ offline: true })
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  if (ended.code === 0) await page.goto(pathToFileURL(join(first!, 'report/index.html')).href)
}, 300_000)
afterAll(() => browser?.close())

const texts = (selector: string): Promise<ReadonlyArray<string>> =>
  page.$$eval(selector, (all) => all.map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''))

it('the run comes to its end, and its page complains of nothing', () => {
  expect(ended.err).toBe('')
  expect(ended.code).toBe(0)
  expect(complaints).toEqual([])
})

it('every name and number of metrics.json stands in the page, to the last digit, and no other', async () => {
  const metrics = JSON.parse(readFileSync(join(first!, 'metrics.json'), 'utf8')) as MetricsRecord
  expect(Object.keys(metrics)).toHaveLength(7)
  expect((await pageNumbers(page)).metrics).toEqual(metrics)
})

it('the verdict is the one that the command prints, and the claim stays text', async () => {
  const { verdicts } = await pageNumbers(page)
  expect(verdicts).toHaveLength(1)
  expect(ended.out).toContain(`  ${verdicts[0]!.slice(2)}  The most frequent is <i>right</i> more often.`)
  expect(await texts('.claim h4')).toEqual(['The most frequent is <i>right</i> more often. G24'])
  const drawn = await page.$$eval('.beside data', (all) => all.map((one) => Number((one as HTMLDataElement).value)))
  const { metrics } = await pageNumbers(page)
  const { value, low, high, n } = metrics['most − least/test/accuracy']!
  expect(drawn).toEqual([0.1, value, low, high, n])
})

it('every figure of the run folder is shown, numbered, with the numbers of its rows', async () => {
  const files = readdirSync(join(first!, 'figures'))
  const shown = await page.$$eval('figure img', (all) =>
    (all as HTMLImageElement[]).map(({ naturalWidth, width }) => naturalWidth > 0 && width > 0),
  )
  expect(shown).toEqual(files.map(() => true))
  expect(await texts('figure h3')).toEqual(['Figure 1. Rows G24', 'Figure 2. Guesses'])
  expect(await texts('.in-numbers')).toEqual([
    // the forest was drawn from all of them; the curves from the two networks
    'In numbers: Table 1, Table 2, Table 3 (least, most, most − least, guess; n 6; 95 % intervals where one can be given).',
    'In numbers: Table 1, Table 2, Table 3 (least, most, most − least, guess; n 6; 95 % intervals where one can be given).',
  ])
})

it('a card for each network: parameters from its file, films from its provenance, arms from the graph', async () => {
  expect(await texts('#models ~ .cards h3')).toEqual(['fit[guess=most] G17', 'fit[guess=least] G17'])
  const [most] = await texts('#models ~ .cards article')
  for (const words of ['guesser', '5 steps', 'not the paper’s as the default would be', 'no tensors'])
    expect(most).toContain(words)
  expect(most).toMatch(/guesser: trained on \d+ films of \d+ patients, \d+ with the finding \(training part\)/)
  expect(most).toContain('Not built: a network that looks at films (G17).')
  expect(most).toContain('computed phantoms')
  expect(most).toContain('Figure 2')
  const facts = await page.$$eval('#model-1 .facts div', (all) =>
    Object.fromEntries(all.map((one) => [one.querySelector('dt')!.textContent, one.querySelector('dd')!.textContent])),
  )
  expect(facts).toMatchObject({ Architecture: 'guesser', Parameters: '3', Training: '5 steps of 8 films' })
  expect(await texts('#model-1 h4:has-text("Evaluation") + ul b')).toEqual(['guess', 'most', 'most', 'most − least'])
})

it('the data card counts films by part, and they add up', async () => {
  const rows = await page.$$eval('#parts-1 tbody tr', (all) =>
    all.map((row) => [
      row.querySelector('th')!.textContent,
      ...[...row.querySelectorAll('data')].map((one) => Number(one.value)),
    ]),
  )
  const [all, ...parts] = rows as Array<[string, ...number[]]>
  expect(all!.slice(0, 3)).toEqual(['all', 20, 20])
  expect(parts.map(([part]) => part)).toEqual(['train', 'validation', 'test'])
  all!.slice(1).forEach((n, i) => expect(parts.reduce((sum, part) => sum + Number(part[i + 1]), 0)).toBe(n))
  expect(await texts('#data-1 h4:has-text("split") + ul')).toEqual([
    expect.stringContaining('0 patients lie in more than one part'),
  ])
})

it('the opening gives the command that makes the run again', async () => {
  expect(await texts('.again code')).toEqual([
    'npx nx run pipelines:study -- --preset quick --set films=20 --set fit.steps=5 --seed 3',
  ])
})

it('a second run computes nothing and writes the same page; no path, no run, no time, no film stands in it', async () => {
  const again = await workspace.run([...command, '--out', second!])
  expect(again.out).toContain('0 computed, 9 kept')
  expect(html(second!)).toBe(html(first!))
  const record = JSON.parse(readFileSync(join(first!, 'run.json'), 'utf8')) as { run: string; started: string }
  for (const secret of [workspace.path, '/tmp/', record.run, record.started.slice(0, 10)])
    expect(html(first!)).not.toContain(secret)
  expect(html(first!)).not.toMatch(/phantom-(patient-)?\d/)
}, 120_000)
