// The page in a real Chromium. What a reader sees, a keyboard reaches, and an attacker does not get.
/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { renderReport } from './renderReport.ts'
import { axeFaults } from './testing/axeFaults.ts'
import { emptyInput, exampleInput } from './testing/exampleInput.ts'
import { HOSTILE, hostileInput } from './testing/hostileInput.ts'
import { launch, openPage } from './testing/openPage.ts'
import type { OpenOptions, Opened } from './testing/openPage.ts'

const input = exampleInput()
const { html } = renderReport(input)
let browser: Browser

beforeAll(async () => {
  browser = await launch()
}, 60_000)
afterAll(() => browser?.close())

/** Opens a page for one look at it. */
const look = async <T>(page: string, options: OpenOptions, at: (opened: Opened) => Promise<T>): Promise<T> => {
  const opened = await openPage(browser, page, options)
  try {
    return await at(opened)
  } finally {
    await opened.page.context().close()
  }
}

const texts = (page: Page, selector: string): Promise<ReadonlyArray<string>> =>
  page.$$eval(selector, (all) => all.map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''))

describe('a run', () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openPage(browser, html)
  }, 60_000)
  afterAll(() => opened?.page.context().close())

  test('complains of nothing and asks the network for nothing', () => {
    expect(opened.complaints).toEqual([])
    expect(opened.asked).toEqual([])
  })

  test('every figure is shown at its size, in order of its place, with words', async () => {
    const images = await opened.page.$$eval('figure img', (all) =>
      (all as HTMLImageElement[]).map((image) => ({
        loaded: image.complete && image.naturalWidth > 0,
        fits: image.naturalWidth === Number(image.getAttribute('width')),
        alt: image.alt,
      })),
    )
    expect(images).toHaveLength(input.figures.length)
    for (const image of images) expect(image).toMatchObject({ loaded: true, fits: true })
    const shown = await texts(opened.page, 'figure h3')
    const title = (name: string, i: number): string => {
      const { figure } = input.figures.find((one) => one.name === name)!
      return `Figure ${i + 1}. ${figure.title}${figure.row === '' ? '' : ` ${figure.row}`}`
    }
    const order = [
      'forest',
      'cohort',
      'alignment',
      'grafts',
      'residuals',
      'detections',
      'curves-1',
      'curves-2',
      'curves-3',
    ]
    expect(shown).toEqual(order.map(title))
    expect(await texts(opened.page, 'figcaption > p:first-child')).toEqual(
      order.map((name) => input.figures.find((one) => one.name === name)!.figure.caption),
    )
    // the SVG's own description is read out, which the browser would not do for a picture in an <img>
    expect(images.map(({ alt }) => alt).filter((alt) => /^From lesion.*\. Films in 3 rows/.test(alt))).toHaveLength(1)
  })

  test('one title, sections below it, no level left out, every link of the contents leads somewhere', async () => {
    const levels = await opened.page.$$eval('h1, h2, h3, h4', (all) => all.map((one) => Number(one.tagName[1])))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels[0]).toBe(1)
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1))
    expect(await opened.page.locator('main > section').count()).toBe(13)
    const [links, ids] = await opened.page.evaluate(() => [
      [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href')!.slice(1)),
      [...document.querySelectorAll('[id]')].map((one) => one.id),
    ])
    expect(new Set(ids).size).toBe(ids.length)
    expect(links.filter((id) => !ids.includes(id))).toEqual([])
    expect(links.length).toBeGreaterThan(100)
  })

  test('every metric stands there with its interval and its sample size, to the last digit', async () => {
    const rows = await opened.page.$$eval('.metrics table', (tables) =>
      tables.flatMap((table) =>
        [...table.querySelectorAll('tbody')].flatMap((body) => {
          const head = body.querySelector('.group th')!.firstChild!.textContent!
          return [...body.querySelectorAll('tr:not(.group)')].map((row) => {
            const name = row.querySelector('th')!.firstChild!.textContent!
            const cells = [...row.querySelectorAll('td')]
            const numbers = cells.map((cell) => [...cell.querySelectorAll('data')].map((one) => one.value))
            return {
              metric: table.className === 'by-metric' ? head : name,
              arm: table.className === 'by-metric' ? name : head,
              part: cells.at(-1)!.textContent,
              value: numbers[0]![0],
              interval: numbers[1],
              n: numbers.at(-2)![0],
              drawn: row.querySelectorAll('svg .value').length,
              detectable: cells.length > 5 ? numbers[3]![0] : undefined,
            }
          })
        }),
      ),
    )
    const plain = input.metrics.filter(({ metric }) => !metric.endsWith('-smallest-detectable'))
    expect(rows).toHaveLength(plain.length)
    for (const { arm, part, metric, value, low, high, n } of plain) {
      const row = rows.find((one) => one.arm === arm && one.metric === metric)
      const found = input.metrics.find((one) => one.arm === arm && one.metric === `${metric}-smallest-detectable`)
      expect(row).toMatchObject({
        part,
        value: String(value),
        interval: Number.isNaN(low) ? [] : [String(low), String(high)],
        n: String(n),
        ...(found ? { detectable: String(found.value), drawn: 1 } : {}),
      })
    }
  })

  test('verdicts are told and counted', async () => {
    const { table } = input.tables.find(({ name }) => name === 'verdicts')!
    const at = table.columns.indexOf('verdict')
    const signs: Readonly<Record<string, string>> = { holds: '✓', fails: '✗', 'cannot tell': '?' }
    expect(await texts(opened.page, '.claim .verdict')).toEqual([
      ...table.cells.slice(0, 3).map((row) => `${signs[String(row[at])]} ${row[at]}`),
      // no arm of it was run
      '○ not tested',
    ])
    expect(await texts(opened.page, '.tally li')).toEqual([
      '✓ holds: 1',
      '✗ fails: 1',
      '? cannot tell: 1',
      '○ not tested: 1',
    ])
    const cell = (claim: number, name: string) => table.cells[claim]![table.columns.indexOf(name)]
    expect(await texts(opened.page, '.claim:first-child dd')).toEqual([
      cell(0, 'the paper'),
      cell(0, 'direction'),
      '61,400',
      cell(0, 'flag'),
    ])
  })

  test('the paper’s gain stands beside ours, whole and drawn to one scale', async () => {
    const { table } = input.tables.find(({ name }) => name === 'verdicts')!
    const cards = await opened.page.$$eval('.claim', (all) =>
      all.map((card) =>
        [...card.querySelectorAll('tbody tr')].map((row) => ({
          numbers: [...row.querySelectorAll('data')].map((one) => Number(one.value)),
          words: row.querySelector('.interval')!.textContent,
          zero: row.querySelector('.zero')!.getAttribute('d'),
          marks: row.querySelectorAll('.paper, circle.value').length,
        })),
      ),
    )
    const number = (claim: number, ...names: string[]) =>
      names.map((name) => table.cells[claim]![table.columns.indexOf(name)])
    expect(cards[0]![0]).toMatchObject({ numbers: number(0, 'paper gain'), words: 'no interval given', marks: 1 })
    expect(cards[0]![1]).toMatchObject({ numbers: number(0, 'gain', 'low', 'high', 'n'), marks: 1 })
    // no gain in the paper, no arm in ours: nothing drawn there
    expect(cards[2]![0]).toMatchObject({ numbers: [], marks: 0 })
    expect(cards[3]![1]).toMatchObject({ numbers: [], marks: 0 })
    expect(new Set(cards.flat().map(({ zero }) => zero)).size).toBe(1)
  })

  test('figures and tables are numbered as they stand, and links name what they lead to', async () => {
    const numbers = await texts(opened.page, '.exhibit-number')
    for (const kind of ['Figure', 'Table']) {
      const own = numbers.filter((number) => number.startsWith(kind))
      expect(own).toEqual(own.map((_, i) => `${kind} ${i + 1}.`))
      expect(own.length).toBeGreaterThan(7)
    }
    const links = await opened.page.$$eval('main a[href^="#"], header a[href^="#"]', (all) =>
      all.flatMap((link) => {
        const said = link.textContent ?? ''
        if (!/^(Figure|Table) \d+$/.test(said)) return []
        const target = document.querySelector(link.getAttribute('href')!)!
        return [{ said: `${said}.`, is: (target.querySelector('.exhibit-number') ?? target).textContent }]
      }),
    )
    expect(links.length).toBeGreaterThan(15)
    for (const { said, is } of links) expect(is).toBe(said)
    // no figure stands alone: some text points to it
    const pointedTo = new Set(links.map(({ said }) => said))
    expect(numbers.filter((number) => number.startsWith('Figure') && !pointedTo.has(number))).toEqual([])
  })

  test('a figure says whose numbers measure it, over how many, and where they stand', async () => {
    const said = await texts(opened.page, '#figure-2 .in-numbers')
    expect(said).toEqual(['In numbers: Table 3 (aligner; n 100; 95 % intervals where one can be given).'])
    // twelve films of the cohort measure nothing
    expect(await texts(opened.page, '#figure-1 .in-numbers')).toEqual([])
  })

  test('a card for each network and for each collection of films, with its counts', async () => {
    expect(await texts(opened.page, '#models ~ .cards h3')).toEqual(
      input.models.map(({ stage }) => expect.stringContaining(stage)),
    )
    const facts = (card: string): Promise<ReadonlyArray<string>> => texts(opened.page, `${card} .facts :is(dt, dd)`)
    expect(await facts('#model-1')).toEqual(
      expect.arrayContaining(['Parameters', '11,190,470', '700 steps', '1952997468']),
    )
    expect(await facts('#model-5')).toContain('not known')
    // what it was trained on, and a film of the test part is said aloud
    expect(await texts(opened.page, '#model-4 li.warning')).toEqual([expect.stringContaining('test part')])
    expect(await texts(opened.page, '#model-2 h4:has-text("Evaluation") + ul li')).toEqual([
      'No metric of this run judges it by itself.',
      expect.stringContaining('fit-abnormal-to-normal'),
    ])
    const judged = await opened.page.$$eval('#model-3 h4 + ul data', (all) =>
      all.map((one) => Number((one as HTMLDataElement).value)),
    )
    for (const { value } of input.metrics.filter(({ arm }) => arm === 'generator').slice(0, 4))
      expect(judged).toContain(value)
    expect(await texts(opened.page, '#model-1')).toEqual([expect.stringContaining('Not for clinical use')])

    const counted = await opened.page.$$eval('#parts-1 tbody tr:last-child data', (all) =>
      all.map((one) => Number((one as HTMLDataElement).value)),
    )
    // films, patients, with the finding; three classes; three views; two sexes
    expect(counted).toEqual([224, 224, 76, 82, 76, 66, 112, 111, 1, 112, 112])
    expect(await texts(opened.page, '#data-2 li.warning')).toEqual([expect.stringContaining('not known who is on')])
    expect(await texts(opened.page, '#data-2 .facts')).toEqual([expect.stringContaining('not known for all films')])
  })

  test('the opening says what was run, on what, what came out, how sure that is, and how to make it again', async () => {
    const [summary] = await texts(opened.page, '.summary')
    for (const words of [
      '34 stages',
      '800 films',
      '487 to train on',
      '5 networks',
      '3 of 4 claims were tested',
      '1 was not tried',
      'one seed was run',
    ])
      expect(summary).toContain(words)
    const main = await opened.page.$$eval('.main-numbers tbody tr', (all) =>
      all.map((row) => [
        row.querySelector('th')!.textContent,
        ...[...row.querySelectorAll('data')].map((d) => d.value),
      ]),
    )
    expect(main).toEqual(
      input.mainMetrics.map(({ arm, value, low, high, n }) => [arm, ...[value, low, high, n].map(String)]),
    )
    expect(await texts(opened.page, '.again code')).toEqual([input.command])
  })

  test('every stage stands there with its time, its outputs and its key', async () => {
    const rows = await opened.page.$$eval('.stages tbody tr', (all) =>
      all.map((row) => ({
        label: row.querySelector('th')!.textContent,
        seconds: row.querySelector('data')!.value,
        outputs: [...row.querySelectorAll('li b')].map((one) => one.textContent),
        digests: [...row.querySelectorAll('code')].map((one) => one.title),
      })),
    )
    expect(rows).toEqual(
      input.stages.map(({ label, seconds, outputs, key }) => ({
        label,
        seconds: String(seconds),
        outputs: Object.keys(outputs),
        digests: [...Object.values(outputs).map(({ digest }) => digest), key],
      })),
    )
    // cells share a box
    const boxes = new Set(input.stages.map(({ stage }) => stage)).size + input.datasets.length
    expect(await opened.page.locator('svg.graph .box').count()).toBe(boxes)
  })
})

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [420, 'light'],
  [320, 'dark'],
] as const)(
  'at %d px, %s, the page does not scroll sideways and every picture stays in its place',
  async (width, scheme) => {
    await look(html, { width, scheme }, async ({ page }) => {
      const { across, ground, wide } = await page.evaluate(() => ({
        across: document.documentElement.scrollWidth,
        ground: getComputedStyle(document.body).backgroundColor,
        wide: [...document.querySelectorAll('main > section, .picture, .scroller')].filter(
          (one) => one.getBoundingClientRect().right > innerWidth,
        ).length,
      }))
      expect(across).toBeLessThanOrEqual(width)
      expect(wide).toBe(0)
      expect(ground).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 27)')
    })
  },
  60_000,
)

test('the keyboard reaches results, contents and what is folded', async () => {
  await look(html, {}, async ({ page }) => {
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''))
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the results')
    expect(await page.evaluate(() => document.activeElement!.getBoundingClientRect().left)).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('main')

    await page.getByRole('link', { name: 'How it was made: settings' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('#settings')!.getBoundingClientRect().top < innerHeight / 2)

    const details = page.locator('#details-3')
    await details.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await details.evaluate((one) => (one as HTMLDetailsElement).open)).toBe(true)
    expect(await details.locator('td').allTextContents()).toContain('the authors’ code')

    // the drawing leads to the stage, a variant's chip to its own
    const detector = input.stages.findIndex(({ label }) => label === 'fit-detector[attention=on]')
    const chip = page.locator('svg.graph a.chip[aria-label="fit-detector, attention on"]')
    await chip.focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => location.hash)).toBe(`#details-${detector + 1}`)
    expect(await page.locator('svg.graph .box > a:not(.chip)').count()).toBe(
      new Set(input.stages.map(({ stage }) => stage)).size,
    )
  })
}, 60_000)

describe.each([
  ['the example', html],
  ['hostile text', renderReport(hostileInput(input)).html],
])('axe-core finds no serious fault in %s', (_, page) => {
  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [400, 'light'],
    [400, 'dark'],
  ] as const)(
    'at %d px, %s',
    async (width, scheme) => {
      await look(page, { width, scheme }, async (opened) => {
        // what is folded is looked at too
        await opened.page.$$eval('details', (all) => all.forEach((one) => one.setAttribute('open', '')))
        expect(await axeFaults(opened.page)).toEqual([])
      })
    },
    120_000,
  )
})

test('on paper nothing stays folded and the contents are left out', async () => {
  await look(html, {}, async ({ page }) => {
    const height = (selector: string): Promise<number> =>
      page.$eval(selector, (one) => one.getBoundingClientRect().height)
    const folded = await height('#details-3')
    await page.emulateMedia({ media: 'print' })
    // five settings and a heading
    expect((await height('#details-3')) - folded).toBeGreaterThan(100)
    expect(await height('.contents')).toBe(0)
  })
}, 60_000)

test('a run with nothing to show opens too', async () => {
  await look(renderReport(emptyInput()).html, {}, async ({ page, complaints }) => {
    expect(complaints).toEqual([])
    expect(await texts(page, 'h1')).toEqual(['empty'])
    expect(await page.locator('section').count()).toBe(0)
  })
}, 60_000)

describe('hostile text', () => {
  const hostile = hostileInput(input)
  const page = renderReport(hostile).html
  const open = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
  const harmed = (at: Page): Promise<unknown> => at.evaluate('window.harmed')

  test('the trap works: written without escaping it would run', async () => {
    expect(open).not.toBe(page)
    const title = open.replace(/<h1>.*?<\/h1>/s, () => `<h1>${HOSTILE}</h1>`)
    await look(title, {}, async (opened) => {
      expect(await harmed(opened.page)).toBe(1)
      expect(opened.asked).toHaveLength(1)
      expect(opened.complaints.length).toBeGreaterThan(0)
    })
    // and the page's policy would still stop it
    const guarded = page.replace(/<h1>.*?<\/h1>/s, () => `<h1>${HOSTILE}</h1>`)
    await look(guarded, {}, async (opened) => expect(await harmed(opened.page)).toBeUndefined())
  }, 60_000)

  test.each([
    ['with', page],
    ['without', open],
  ])(
    'stays text %s the policy',
    async (_, text) => {
      await look(text, {}, async (opened) => {
        expect(await harmed(opened.page)).toBeUndefined()
        expect(opened.complaints).toEqual([])
        expect(opened.asked).toEqual([])
        const odd = await opened.page.evaluate(() => ({
          elements: document.querySelectorAll('script, iframe, object, embed, form, base, foreignObject').length,
          handlers: [...document.querySelectorAll('*')].flatMap((one) =>
            one.getAttributeNames().filter((name) => name.startsWith('on')),
          ),
          styles: document.querySelectorAll('style').length,
          broken: [...document.images].filter((image) => image.naturalWidth === 0).length,
          pictures: document.images.length,
        }))
        expect(odd).toEqual({ elements: 0, handlers: [], styles: 1, broken: 0, pictures: hostile.figures.length })
        expect(await opened.page.title()).toContain(HOSTILE)
        expect(await opened.page.$eval('h1', (one) => one.textContent)).toBe(hostile.title)
        expect(await opened.page.$$eval('.stages tbody th', (all) => all.map((one) => one.textContent))).toEqual(
          hostile.stages.map(({ label }) => label),
        )
        expect(await opened.page.$$eval('figcaption > p', (all) => all.map((one) => one.textContent))).toEqual(
          expect.arrayContaining(hostile.figures.map(({ figure }) => figure.caption)),
        )
        expect(await opened.page.$$eval('.stages code', (all) => all.at(-1)!.getAttribute('title'))).toBe(
          hostile.stages.at(-1)!.key,
        )
      })
    },
    60_000,
  )
})
