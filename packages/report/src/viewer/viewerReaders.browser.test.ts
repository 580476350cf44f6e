// The viewer for every reader and against every name: keyboard, screen reader, paper, no script, narrow windows, pictures
// beside the page, hostile text.
/// <reference lib="dom" />
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { renderReport } from '../renderReport.ts'
import { emptyInput } from '../testing/exampleInput.ts'
import { exampleGrey, exampleLayers, exampleViewer } from '../testing/exampleViewer.ts'
import type { ViewerInput } from '../testing/exampleViewer.ts'
import { drawnPixels } from '../testing/openViewer.ts'
import { filmName, viewerLooks } from '../testing/viewerLooks.ts'

const example = exampleViewer()
const report = renderReport({ ...emptyInput(), ...example })
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const { look, openOther } = viewerLooks(report)

test('by keyboard alone: to the list, to a film, everything set, help read', async () => {
  await look('', async (page) => {
    const press = async (...keys: ReadonlyArray<string>) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement!
        return at.getAttribute('aria-label') ?? (at.closest('label') ?? at).textContent
      })
    const reach = async (name: RegExp) => {
      for (let i = 0; i < 60; i++) {
        await press('Tab')
        const found = await focused()
        // a focus that cannot be seen is no focus
        expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe('none')
        if (name.test(found)) return
      }
      throw new Error(`Tab does not reach ${name}`)
    }
    await reach(/^class/)
    await press('ArrowDown')
    expect(await page.locator('.count').textContent()).toMatch(/^8 of 24/)
    await reach(/^Films$/)
    await press('ArrowDown')
    const second = await filmName(page)
    expect(await page.locator('.row[aria-selected="true"] b').textContent()).toBe(second)
    await press('End')
    expect(await page.locator('.film-head .note').first().textContent()).toBe('8 of 8')
    await press('Home', 'j')
    expect(await filmName(page)).toBe(second)
    await press('k')
    await reach(/^side by side/)
    await press('ArrowRight')
    expect(await page.locator('.panes').getAttribute('class')).toContain('stacked')
    await press('ArrowLeft')
    await reach(/^left film$/)
    await press('ArrowRight')
    expect(await filmName(page)).toBe(second)
    await press('+', '+')
    expect(await page.locator('.zooms output').textContent()).toBe('156 %')
    const left = () =>
      page
        .locator('.sight img')
        .first()
        .evaluate((one) => one.getBoundingClientRect().left)
    const before = await left()
    await press('ArrowRight')
    expect((await left()) - before).toBeCloseTo(-48, 0)
    await press('Shift+ArrowRight')
    expect(await page.locator('.reading').first().textContent()).toMatch(/^x \d+, y \d+: 0\.\d{3}$/)
    await press('0', 'n', 'u', 'i')
    expect(await page.locator('.ends-of').first().textContent()).toBe(
      'black 0.970, white 0.070; the layer runs from 0.000 to 1.000',
    )
    await press('f', 'i', 'h')
    expect(await page.locator('.mark rect').count()).toBe(0)
    await press('h', 'a')
    expect(await page.locator('.ends-of').first().textContent()).not.toContain('black 0.000, white 1.000')
    await press('?')
    expect(await page.locator('#viewer-keys').getAttribute('open')).not.toBeNull()
    await reach(/^level/)
    await press('ArrowRight')
    await reach(/^Full range$/)
    await press('Enter')
    expect(await page.locator('.ends-of').first().textContent()).toContain('black 0.000, white 1.000')
    await reach(/^from score/)
    await press('End')
    // keys that a search field takes are its own
    await page.getByLabel('name holds').focus()
    await press('j', 'i')
    expect(await page.getByLabel('name holds').inputValue()).toBe('ji')
  })
})

describe('axe finds no serious fault', () => {
  test.each([
    ['light', '#viewer?film=film-001'],
    ['dark', '#viewer?film=film-001'],
    ['dark', '#viewer?film=film-002&mode=wipe'],
    ['light', '#viewer?film=film-005&mode=blink&find=nobody'],
  ] as const)('%s %s', async (colorScheme, fragment) => {
    await look(
      fragment,
      async (page) => {
        await page.locator('#viewer-keys').evaluate((one) => ((one as HTMLDetailsElement).open = true))
        await page.evaluate(axeSource)
        const faults = await page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: {
              run(
                at: unknown,
              ): Promise<{ violations: Array<{ id: string; impact: string; nodes: Array<{ html: string }> }> }>
            }
          }
          const { violations } = await axe.run('section')
          return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]!.html.slice(0, 200)}`)
        })
        expect(faults.filter((fault) => /^(serious|critical)/.test(fault))).toEqual([])
      },
      { colorScheme, reducedMotion: 'reduce' },
    )
  })
})

test.each([320, 400, 700, 1100, 1600])('at %d px nothing scrolls sideways and nothing is cut', async (width) => {
  await look(
    '#viewer?film=film-001',
    async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const wide = await page.$$eval(
        '.viewer button, .viewer select, .viewer input, .sight, .viewer .scroller',
        (all) =>
          all
            .filter((one) => {
              const { left, right } = one.getBoundingClientRect()
              return right > innerWidth + 0.5 || left < -0.5
            })
            .map((one) => one.outerHTML.slice(0, 80)),
      )
      expect(wide).toEqual([])
      const sides = await page.$$eval('.sight', (all) => all.map((one) => one.getBoundingClientRect().width))
      for (const side of sides) expect(side).toBeGreaterThan(width < 600 ? 250 : 220)
    },
    { viewport: { width, height: 900 } },
  )
})

test('without script a table says every film and outcome', async () => {
  await look(
    '',
    async (page) => {
      expect(await page.getByText('did not run').isVisible()).toBe(true)
      expect(await page.locator('#viewer-root').isVisible()).toBe(false)
      const rows = await page.locator('#viewer-table tbody tr').allInnerTexts()
      expect(rows).toHaveLength(24)
      for (const { film, outcome } of example.cases) expect(rows.find((row) => row.startsWith(film))).toContain(outcome)
    },
    { javaScriptEnabled: false },
  )
})

test('on paper: a note, the chosen film, its tables, and no controls', async () => {
  await look('#viewer?film=film-004&class=Lung+Opacity', async (page) => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Printed from the viewer').innerText()).toContain('8 of 24 films pass')
    expect(await page.locator('.film-name').isVisible()).toBe(true)
    expect(await page.locator('.sight img').first().isVisible()).toBe(true)
    expect(await page.getByText('What each arm made of it').isVisible()).toBe(true)
    for (const hidden of ['.filters', '.list', '.tools', '.steps', '.window', '#viewer-table', '#viewer-keys'])
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false])
  })
})

describe('pictures beside the page', () => {
  // a chunk of no meaning makes every file large, and leaves its pixels as they are
  const padded = (png: Uint8Array): Uint8Array => {
    const text = new Uint8Array(120_012)
    new DataView(text.buffer).setUint32(0, 120_000)
    text.set([0x70, 0x72, 0x56, 0x74], 4) // prVt: private, not critical
    const end = png.length - 12
    return Uint8Array.from([...png.subarray(0, end), ...text, ...png.subarray(end)])
  }
  const large = renderReport({
    ...emptyInput(),
    ...example,
    pictures: exampleViewer(24)
      .pictures.map((picture) => ({ ...picture, png: padded(picture.png) }))
      .concat(
        Array.from({ length: 30 }, (_, i) => ({
          ...example.pictures[0]!,
          film: `more-${i}`,
          png: padded(example.pictures[0]!.png),
        })),
      ),
  })

  test('from a file: loaded when seen, windowed, and what cannot be read is said', async () => {
    expect(large.tiles.length).toBe(126)
    expect(large.html.length).toBeLessThan(1e6)
    const film = 'film=film-001&right=residual&smooth=no&hide=truth&hide=attention&hide=attention%2C+aligned&hide=plain'
    await look(
      `#viewer?${film}&window=0,1,0.3,0.7`,
      async (page, { asked }) => {
        await page.waitForFunction(() =>
          [...document.querySelectorAll<HTMLImageElement>('.sight img')].every(
            (one) => one.complete && one.naturalWidth > 0,
          ),
        )
        expect(asked.length).toBeLessThan(40)
        for (const address of asked) expect(address).toMatch(/\/films\/\d{4}-\d\.png$/)
        const drawn = await drawnPixels(page.locator('.sight').first())
        const { width } = exampleLayers[0]
        for (let x = 3; x < width; x += 6) {
          const wanted = 255 * Math.min(Math.max((exampleGrey(0, 0, x, 40) / 255 - 0.3) / 0.4, 0), 1)
          const scale = drawn.width / width
          expect(Math.abs(drawn.at((x + 0.5) * scale, 40.5 * scale)[0] - wanted)).toBeLessThanOrEqual(1.01)
        }
        await page.locator('.sight').first().hover()
        expect(await page.locator('.reading').first().textContent()).toContain('the browser lets no script read')
        expect(await page.getByRole('button', { name: 'Automatic' }).first().getAttribute('aria-disabled')).toBe('true')
      },
      {},
      large,
    )
  })
})

describe('hostile text', () => {
  const bad =
    `</script><script>window.harmed=1</script><!--<script>--><img src=x onerror="window.harmed=1">` +
    `" onload="window.harmed=1' \u2028\u2029\u202Eodd\u0007 \${window.harmed=1} &amp; ${'long'.repeat(60)}`
  const names = ['__proto__', 'constructor', bad]
  const worse = (text: string): string => (text === '' ? '' : `${text}${bad}`)
  const hostile: ViewerInput = {
    pictures: names.flatMap((film) =>
      exampleLayers.map((layer, i) => ({
        ...example.pictures[i]!,
        film,
        layer: i === 0 ? '__proto__' : worse(layer.layer),
        frame: worse(layer.frame),
      })),
    ),
    marks: names.flatMap((film) =>
      example.marks
        .filter((mark) => mark.film === 'film-001')
        .map((mark) => ({
          ...mark,
          film,
          frame: worse(mark.frame),
          set: mark.set === 'plain' ? '__proto__' : worse(mark.set),
          outcome: worse(mark.outcome),
        })),
    ),
    cases: names.flatMap((film) =>
      example.cases
        .filter((one) => one.film === 'film-001')
        .map((one) => ({
          ...one,
          film,
          arm: one.arm === 'plain' ? '__proto__' : worse(one.arm),
          part: worse(one.part),
          class: worse(one.class),
          outcome: worse(one.outcome),
          metric: worse(one.metric),
        })),
    ),
  }
  const made = renderReport({ ...emptyInput(), ...hostile })
  const open = { ...made, html: made.html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') }

  test.each([
    ['with', made],
    ['without', open],
  ])('stays text %s the policy', async (_, report) => {
    await look(
      '',
      async (page, { asked }) => {
        for (const [i, name] of [bad, '__proto__', 'constructor'].entries()) {
          expect(await filmName(page)).toBe(name)
          expect(await page.locator('.row[aria-selected="true"] b').getAttribute('title')).toBe(name)
          const cases = hostile.cases.filter(({ film }) => film === name)
          expect(await page.locator('.film-tables table').first().locator('tbody th bdi').allTextContents()).toEqual(
            cases.map(({ arm }) => arm),
          )
          const layers = await page
            .locator('.head select')
            .first()
            .locator('option')
            .evaluateAll((all) => all.map((one) => one.textContent))
          expect(layers).toEqual(hostile.pictures.slice(0, 4).map(({ layer }) => layer))
          if (i < 2) await page.getByRole('button', { name: 'Next' }).click()
        }
        await page.locator('.filters').getByLabel('outcome').selectOption({ index: 1 })
        await page.locator('.head select').first().selectOption({ index: 2 })
        await page.locator('.box-legend input').first().uncheck()
        await page.waitForTimeout(500)
        const link = page.url()
        await page.goto('about:blank')
        await page.goto(link)
        expect(await filmName(page)).toBe('constructor')
        expect(await page.evaluate('window.harmed')).toBeUndefined()
        expect(asked).toEqual([])
        expect(
          await page.evaluate(() => ({
            scripts: document.scripts.length,
            broken: [...document.images].filter(
              (image) => image.complete && image.src !== '' && image.naturalWidth === 0,
            ).length,
            handlers: [...document.querySelectorAll('*')].flatMap((one) =>
              one.getAttributeNames().filter((name) => name.startsWith('on')),
            ),
            odd: document.querySelectorAll('iframe, object, embed, form, base').length,
            wide: document.documentElement.scrollWidth > innerWidth,
          })),
        ).toEqual({ scripts: 3, broken: 0, handlers: [], odd: 0, wide: false })
      },
      {},
      report,
    )
  })

  test('the page’s policy lets its own script run and no other', async () => {
    const other = { ...report, html: report.html.replace('<footer>', '<script>window.harmed=1</script><footer>') }
    const opened = await openOther(other)
    expect(await opened.page.evaluate('window.harmed')).toBeUndefined()
    expect(opened.complaints.join()).toMatch(/violates the following Content Security Policy/)
    expect(await filmName(opened.page)).toBe('film-001')
    await opened.close()
  })
})
