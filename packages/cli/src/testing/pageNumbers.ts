// What a reader sees on a run's page, read back from a real browser: its metrics as metrics.json has them, and the verdicts.
/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import type { MetricRecord } from '../results/metricsRecord.ts'

/** `CHROMIUM`, or /usr/bin/chromium. */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    throw new Error(`no browser at ${executablePath}: install chromium, or set CHROMIUM to the path of one`)
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
}

export interface PageNumbers {
  /** by `<arm>/<part>/<metric>`, as in metrics.json; the page's `would show` column as `…-smallest-detectable` */
  readonly metrics: Readonly<Record<string, MetricRecord>>
  /** `? cannot tell`, … */
  readonly verdicts: ReadonlyArray<string>
}

/** Numbers come from the elements' values, so that they can be compared to the last digit. */
export const pageNumbers = async (page: Page): Promise<PageNumbers> => {
  const rows = await page.$$eval('.metrics table', (tables) => {
    const own = (cell: Element): string => [...cell.childNodes].find((node) => node.nodeType === 3)?.textContent ?? ''
    return tables.flatMap((table) =>
      [...table.querySelectorAll('tbody')].flatMap((body) => {
        const [group, ...lines] = [...body.querySelectorAll('tr')]
        const [by, head] = [table.className, group!.querySelector('th')!]
        return lines.map((line) => {
          const [name, cells] = [own(line.querySelector('th')!), [...line.querySelectorAll('td')]]
          const numbers = cells.map((cell) => [...cell.querySelectorAll('data')].map((one) => one.value))
          const unit = (by === 'by-metric' ? head : cells[0]!).querySelector('.unit')?.textContent ?? ''
          return {
            arm: by === 'by-metric' ? name : own(head),
            metric: by === 'by-metric' ? own(head) : name,
            part: cells.at(-1)!.textContent ?? '',
            unit: unit.replace(/^\((.*)\)$/, '$1'),
            value: numbers[0]![0]!,
            interval: numbers[1]!,
            n: numbers.at(-2)![0]!,
            found: cells.length > 5 ? numbers[3]![0] : undefined,
          }
        })
      }),
    )
  })
  const finite = (text: string | undefined): number | null =>
    text !== undefined && Number.isFinite(Number(text)) ? Number(text) : null
  const metrics: Record<string, MetricRecord> = {}
  for (const { arm, metric, part, unit, value, interval, n, found } of rows) {
    const [low, high] = [finite(interval[0]), finite(interval[1])]
    metrics[`${arm.trim()}/${part}/${metric.trim()}`] = { value: finite(value), low, high, n: Number(n), unit }
    if (found === undefined) continue
    const name = `${arm.trim()}/${part}/${metric.trim()}-smallest-detectable`
    metrics[name] = { value: finite(found), low: null, high: null, n: Number(n), unit }
  }
  const verdicts = await page.$$eval('.claim .verdict', (all) =>
    all.map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''),
  )
  return { metrics, verdicts }
}
