// The viewer of films in a real Chromium, from a file: what it says and draws against the input that it was made from.
/// <reference lib="dom" />
import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { renderReport } from '../renderReport.ts'
import { emptyInput } from '../testing/exampleInput.ts'
import { exampleArms, exampleGrey, exampleLayers, exampleViewer } from '../testing/exampleViewer.ts'
import { drawnPixels } from '../testing/openViewer.ts'
import { filmName, viewerLooks } from '../testing/viewerLooks.ts'

const example = exampleViewer()
const report = renderReport({ ...emptyInput(), ...example })
const names = [...new Set(example.pictures.map(({ film }) => film))]
const { look } = viewerLooks(report)

const sight = (page: Page, side: 0 | 1) => page.locator('.sight').nth(side)

/** The whole list, in its order: it is drawn in parts, so it is scrolled through. */
const listed = (page: Page): Promise<ReadonlyArray<string>> =>
  page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('.list')!
    const found = new Map<number, string>()
    for (let top = 0; !list.hidden && top <= list.scrollHeight; top += list.clientHeight / 2) {
      list.scrollTop = top
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      for (const row of list.querySelectorAll('.row'))
        found.set(Number(row.getAttribute('aria-posinset')), row.querySelector('b')!.textContent)
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, name]) => name)
  })

const tableOf = (page: Page, caption: string): Promise<ReadonlyArray<ReadonlyArray<string>>> =>
  page.$$eval(
    '.film-tables table',
    (tables, caption) =>
      [
        ...tables
          .find((table) => table.querySelector('caption')!.textContent === caption)!
          .querySelectorAll('tbody tr'),
      ].map((row) =>
        [...row.children].map(
          (cell) => cell.querySelector('data')?.value ?? cell.querySelector('bdi')?.textContent ?? cell.textContent,
        ),
      ),
    caption,
  )

/** As the page writes a number whole. */
const whole = (value: number): string => (Number.isFinite(value) ? String(value) : '–')
/** Boxes are in pixels of the pictures, which are not those of the films. */
const boxesCaption = 'Boxes, in pixels of the shown pictures (film: 96 × 96, aligned: 64 × 80)'
const markWords = new Map([
  ['', 'not compared'],
  ['false', 'false alarm'],
])

describe('what it says equals the input', () => {
  test.each([0, 2, 4, 7, 23])('film %d', async (film) => {
    const name = names[film]!
    await look(`#viewer?film=${name}`, async (page) => {
      expect(await filmName(page)).toBe(name)
      const cases = example.cases.filter((one) => one.film === name)
      const [known] = cases
      const finding = known!.target === 1 ? 'there' : 'not there'
      expect(await page.locator('.viewer .facts dd').allTextContents()).toEqual([known!.class, known!.part, finding])
      const judged = cases.filter(({ arm }) => arm !== '')
      if (judged.length > 0)
        expect(await tableOf(page, 'What each arm made of it')).toEqual(
          judged.map(({ arm, outcome, score, error, metric }) => [arm, outcome, whole(score), whole(error), metric]),
        )
      else expect(await page.getByText('No arm was judged on this film.').count()).toBe(1)
      const marks = example.marks.filter((one) => one.film === name)
      if (marks.length > 0)
        expect(await tableOf(page, boxesCaption)).toEqual(
          marks.map(({ set, outcome, score, x0, y0, x1, y1, frame }) => [
            set === 'truth' ? 'true box' : set,
            markWords.get(outcome) ?? outcome,
            whole(score),
            ...[x0, y0, x1, y1].map(whole),
            frame,
          ]),
        )
      expect(await tableOf(page, 'Layers')).toEqual(
        exampleLayers.map(({ layer, frame, width, height, low, high }) => [
          layer,
          frame,
          ...[width, height, low, high].map(String),
        ]),
      )
      const options = await page.locator('.head select').first().locator('option').allTextContents()
      expect(options).toEqual(exampleLayers.map(({ layer }) => layer))
    })
  })

  test('it complains of nothing and asks for nothing; the static table is folded away', async () => {
    await look('', async (page, { asked }) => {
      await page.waitForTimeout(300)
      expect(asked).toEqual([])
      expect(await page.locator('#viewer-table').getAttribute('open')).toBeNull()
      expect(await page.locator('#viewer-note').count()).toBe(0)
      expect(page.url()).not.toContain('#')
    })
  })

  test('thousands of films cost no more rows than a few', async () => {
    const many = renderReport({
      ...emptyInput(),
      ...example,
      cases: Array.from({ length: 5000 }, (_, i) => ({
        ...example.cases[0]!,
        film: `film-${String(i).padStart(5, '0')}`,
      })),
    })
    await look(
      '#viewer?film=film-03000',
      async (page) => {
        expect(await page.locator('.count').textContent()).toBe('5024 of 5024 films')
        expect(await page.locator('.row').count()).toBeLessThan(40)
        expect(await page.locator('.row[aria-selected="true"]').isVisible()).toBe(true)
        expect(await page.locator('.row[aria-selected="true"] b').textContent()).toBe('film-03000')
      },
      {},
      many,
    )
  })
})

describe('filters give exactly the films they should', () => {
  const first = (film: string, arm: string) => example.cases.find((one) => one.film === film && one.arm === arm)
  const any = (film: string) => example.cases.find((one) => one.film === film)!
  const choose = (page: Page, label: string, option: RegExp | string) =>
    page
      .locator('.filters')
      .getByLabel(label)
      .evaluate(
        (select, [source, plain]) => {
          const pick = select as HTMLSelectElement
          const at = [...pick.options].findIndex(({ text }) =>
            plain ? text === source : new RegExp(source).test(text),
          )
          if (at < 0) throw new Error(`no option ${source}`)
          pick.selectedIndex = at
          pick.dispatchEvent(new Event('change', { bubbles: true }))
        },
        [typeof option === 'string' ? option : option.source, typeof option === 'string'] as const,
      )
  const check = async (page: Page, wanted: ReadonlyArray<string>) => {
    expect(await listed(page)).toEqual(wanted)
    expect(await page.locator('.count').textContent()).toBe(`${wanted.length} of ${names.length} films`)
  }

  test('class, part, outcome, arm, disagreement, name, and all of them', async () => {
    await look('', async (page) => {
      await check(page, names)
      await choose(page, 'class', /^Normal/)
      await check(
        page,
        names.filter((film) => any(film).class === 'Normal'),
      )
      await choose(page, 'part', /^test/)
      const normal = names.filter((film) => any(film).class === 'Normal' && any(film).part === 'test')
      await check(page, normal)
      await choose(page, 'class', 'any class')
      await choose(page, 'part', 'any part')
      let found = 0
      for (const arm of exampleArms) {
        await choose(page, 'judged by', arm)
        for (const outcome of ['true positive', 'false positive', 'true negative', 'false negative']) {
          const wanted = names.filter((film) => first(film, arm)?.outcome === outcome)
          found += wanted.length
          await choose(page, 'outcome', new RegExp(`^${outcome}`))
          await check(page, wanted)
          expect(await page.locator('.filters').getByLabel('outcome').locator('option:checked').textContent()).toBe(
            `${outcome} (${wanted.length})`,
          )
        }
        await choose(page, 'outcome', /^not judged/)
        await check(
          page,
          names.filter((film) => !first(film, arm)),
        )
        await choose(page, 'outcome', 'any outcome')
      }
      expect(found).toBe(example.cases.filter(({ outcome }) => outcome !== '').length)
      await choose(page, 'disagrees with', 'attention')
      const split = names.filter((film) => {
        const [a, b] = [first(film, 'plain')?.outcome, first(film, 'attention')?.outcome]
        return a !== undefined && a !== b
      })
      expect(split.length).toBeGreaterThan(2)
      await check(page, split)
      await page.getByLabel('name holds').fill('00')
      await check(
        page,
        split.filter((film) => film.includes('00')),
      )
      await page.getByLabel('name holds').fill('nobody')
      await check(page, [])
      expect(await page.getByText('No film passes these filters.').isVisible()).toBe(true)
    })
  })

  test.each([
    ['error, worst first', 'error', -1],
    ['error, best first', 'error', 1],
    ['score, surest first', 'score', -1],
    ['score, least first', 'score', 1],
  ] as const)('sorted by %s', async (words, key, sign) => {
    await look('#viewer?arm=plain', async (page) => {
      await choose(page, 'sorted by', words)
      const keyed = names.map((film) => ({ film, by: first(film, 'plain')?.[key] ?? NaN }))
      const known = keyed.filter(({ by }) => !Number.isNaN(by)).toSorted((a, b) => sign * (a.by - b.by))
      const rest = keyed.filter(({ by }) => Number.isNaN(by))
      await check(
        page,
        [...known, ...rest].map(({ film }) => film),
      )
    })
  })

  test('a film that no longer passes gives way, and it is said', async () => {
    await look('#viewer?film=film-001', async (page) => {
      await choose(page, 'class', /^Normal/)
      expect(await filmName(page)).toBe('film-003')
      const said = await page.locator('.viewer [role="status"]').textContent()
      expect(said).toContain('Film 1 of 8: film-003. Class Normal.')
      expect(said).toContain('8 of 24 films pass the filters.')
    })
  })
})

describe('a link leads to the same view', () => {
  const fragment =
    '#viewer?film=film-006&class=Normal&arm=plain&sort=error&left=residual&right=generated+normal&mode=wipe&wipe=0.3' +
    '&least=0.25&hide=attention&words=no&invert=yes&smooth=no&drag=move&zoom=2,0.4,0.6&window=-0.5,0.5,-0.125,0.25'

  test('all of it is shown, and written again', async () => {
    await look(fragment, async (page, { address }) => {
      expect(await filmName(page)).toBe('film-006')
      expect(await page.locator('.count').textContent()).toBe('8 of 24 films')
      expect(
        await page.locator('.head select').evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value)),
      ).toEqual(['3', '2'])
      expect(await page.getByLabel('wipe', { exact: true }).isChecked()).toBe(true)
      expect(await page.getByLabel('Share of the left layer').inputValue()).toBe('0.3')
      expect(await page.locator('.zooms output').textContent()).toBe('200 %')
      expect(await page.locator('.ends-of').first().textContent()).toBe(
        'black 0.250, white −0.125; the layer runs from −0.500 to 0.500',
      )
      // the reader is led to it
      expect(await page.locator('#viewer').evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(200)
      // a change is written, and opened as a link says the same
      await sight(page, 0).focus()
      await page.keyboard.press('i')
      await page.waitForFunction(() => !location.hash.includes('invert'))
      const link = page.url()
      expect(link.slice(address.length)).toMatch(/^#viewer\?film=film-006&class=Normal&arm=plain&sort=error/)
      // what was said of a change is not said of a page just opened
      const shown = async () =>
        (await page.locator('.viewer').innerText()).replace(/^Film \d.*pass the filters\.\n+/m, '')
      const before = await shown()
      await page.goto('about:blank')
      await page.goto(link)
      expect(await shown()).toBe(before)
    })
  })

  test('a link followed inside the page does so too; other links of the page are left alone', async () => {
    await look('', async (page) => {
      await page.evaluate(() => {
        location.hash = '#viewer?film=film-004&arm=plain'
      })
      await page.waitForFunction(() => document.querySelector('.film-name')!.textContent === 'film-004')
      await page.getByRole('link', { name: 'Films, one by one' }).click()
      await page.waitForTimeout(400)
      expect(page.url()).toMatch(/#viewer$/)
      expect(await filmName(page)).toBe('film-004')
    })
  })
})

/** Where a picture lies in its pane, from the view that was asked for: sizes in CSS pixels. */
const placedAt = (pane: number, width: number, height: number, zoom: number, x: number, y: number) => {
  const scale = zoom * Math.min(pane / width, pane / height)
  const settled = (at: number, side: number) => {
    const half = pane / (2 * side * scale)
    return half >= 0.5 ? 0.5 : Math.min(Math.max(at, half), 1 - half)
  }
  return {
    scale,
    left: pane / 2 - settled(x, width) * width * scale,
    top: pane / 2 - settled(y, height) * height * scale,
  }
}

describe('boxes lie where the input says, within a pixel', () => {
  test.each([
    [1, 0.5, 0.5],
    [1.6, 0.3, 0.4],
    [4, 0.62, 0.55],
    [20, 0.26, 0.4],
  ])('zoom %d around %d, %d', async (zoom, x, y) => {
    const film = 'film-001'
    await look(`#viewer?film=${film}&zoom=${zoom},${x},${y}`, async (page) => {
      for (const side of [0, 1] as const) {
        const { frame, width, height } = exampleLayers[side]
        const shown = await sight(page, side).evaluate((one) => {
          const at = one.getBoundingClientRect()
          return {
            width: at.width,
            height: at.height,
            boxes: [...one.querySelectorAll('.mark .box')].map((box) => {
              const { left, top, width, height } = (box as SVGRectElement).getBBox
                ? box.getBoundingClientRect()
                : box.getBoundingClientRect()
              return [left - at.left, top - at.top, width, height]
            }),
            picture: (({ left, top, width, height }) => [left - at.left, top - at.top, width, height])(
              one.querySelector('img')!.getBoundingClientRect(),
            ),
          }
        })
        expect(Math.abs(shown.width - shown.height)).toBeLessThan(0.01)
        const at = placedAt(shown.width, width, height, zoom, x, y)
        const close = (found: ReadonlyArray<number>, wanted: ReadonlyArray<number>) =>
          found.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(1))
        close(shown.picture, [at.left, at.top, width * at.scale, height * at.scale])
        const marks = example.marks.filter((one) => one.film === film && one.frame === frame)
        expect(shown.boxes).toHaveLength(marks.length)
        marks.forEach(({ x0, y0, x1, y1 }, i) =>
          close(shown.boxes[i]!, [
            at.left + x0 * at.scale,
            at.top + y0 * at.scale,
            (x1 - x0) * at.scale,
            (y1 - y0) * at.scale,
          ]),
        )
      }
    })
  })

  test('each box says whose it is, what became of it, its score; its line says it too', async () => {
    await look('#viewer?film=film-001', async (page) => {
      const letters = ['T', 'A', 'B', 'C']
      const sets = ['truth', ...exampleArms]
      const marks = example.marks.filter((one) => one.film === 'film-001' && one.frame === 'film')
      const words = marks.map(
        ({ set, outcome, score }) =>
          `${letters[sets.indexOf(set)]} ${markWords.get(outcome) ?? outcome}${Number.isNaN(score) ? '' : ` ${score.toFixed(2)}`}`,
      )
      expect(await sight(page, 0).locator('.words text').allTextContents()).toEqual(words)
      const lines = await page.evaluate(() =>
        ['found', 'missed', 'hit', 'false', 'other'].map((style) => {
          const { strokeDasharray, strokeWidth } = getComputedStyle(
            document.querySelector(`.sample .line-${style} .box`)!,
          )
          return `${strokeDasharray} ${strokeWidth}`
        }),
      )
      expect(new Set(lines).size).toBe(5)
    })
  })

  test('a true box that an arm found is drawn as found, and boxes are counted in words that agree', async () => {
    const mark = example.marks.find(({ outcome }) => outcome.startsWith('found by'))!
    await look(`#viewer?film=${mark.film}`, async (page) => {
      expect(await sight(page, 0).locator('.mark.set-truth.line-found').count()).toBe(1)
      expect(await page.locator('.box-legend .sets li').first().textContent()).toContain(`1 box: 1 ${mark.outcome}`)
    })
    const alarms = [0, 1].map(() => ({ ...mark, set: 'plain', outcome: 'false', score: 0.9 }))
    await look(
      `#viewer?film=${mark.film}`,
      async (page) => {
        expect(await page.locator('.box-legend .sets').textContent()).toContain('2 boxes: 2 false alarms')
      },
      {},
      renderReport({ ...emptyInput(), ...example, marks: alarms }),
    )
  })

  test('overlays by set, by score, and words; layers of another frame show only their own', async () => {
    await look('#viewer?film=film-001', async (page) => {
      const count = () => sight(page, 0).locator('.mark').count()
      const own = example.marks.filter((one) => one.film === 'film-001' && one.frame === 'film')
      expect(await count()).toBe(own.length)
      await page.getByRole('checkbox', { name: /^B attention, aligned/ }).uncheck()
      const left = own.filter(({ set }) => set !== 'attention, aligned')
      expect(await count()).toBe(left.length)
      await page.getByLabel('from score').fill('0.92')
      expect(await count()).toBe(left.filter(({ score }) => Number.isNaN(score) || score >= 0.92).length)
      await page.getByLabel('words beside the boxes').uncheck()
      expect(await sight(page, 0).locator('.words text').count()).toBe(0)
      await page.locator('.box-legend').getByLabel('true boxes').uncheck()
      expect(await sight(page, 0).locator('.mark.set-truth').count()).toBe(0)
    })
    const elsewhere = {
      ...example,
      pictures: example.pictures.map((one) => (one.layer === 'residual' ? { ...one, frame: 'nowhere' } : one)),
    }
    await look(
      '#viewer?film=film-001&right=residual',
      async (page) => {
        expect(await sight(page, 0).locator('.mark').count()).toBeGreaterThan(0)
        expect(await sight(page, 1).locator('.mark').count()).toBe(0)
      },
      {},
      renderReport({ ...emptyInput(), ...elsewhere }),
    )
  })
})

/** Greys on screen at pixels of the picture, and what the window's formula makes of those of the input. */
const compareGreys = async (
  page: Page,
  side: 0 | 1,
  layer: number,
  film: number,
  window: readonly [from: number, to: number],
  invert = false,
): Promise<void> => {
  const { width, height, low, high } = exampleLayers[layer]!
  const drawn = await drawnPixels(sight(page, side))
  const at = placedAt(drawn.width, width, height, 1, 0.5, 0.5)
  const [from, to] = window
  const spread = new Set<number>()
  for (let y = 2; y < height; y += 9)
    for (let x = 2; x < width; x += 7) {
      // the layer's name lies over the lower edge
      if (y > height - 8) continue
      const value = low + (exampleGrey(film, layer, x, y) / 255) * (high - low)
      const share = Math.min(Math.max((value - from) / (to - from), 0), 1)
      const wanted = 255 * (invert ? 1 - share : share)
      const [r, g, b] = drawn.at(at.left + (x + 0.5) * at.scale, at.top + (y + 0.5) * at.scale)
      expect([r === g && g === b, Math.abs(r - wanted) <= 1.01]).toEqual([true, true])
      spread.add(r)
    }
  expect(spread.size).toBeGreaterThan(8)
}
const bare = 'smooth=no&hide=truth&hide=attention&hide=attention%2C+aligned&hide=plain'

describe('window and level', () => {
  test.each([
    ['the whole range', '', 0, [0, 1], false],
    ['a narrow window', '&window=0,1,0.3,0.6', 0, [0.3, 0.6], false],
    ['beyond the range', '&window=0,1,-0.2,0.7', 0, [-0.2, 0.7], false],
    ['inverted', '&window=0,1,0.3,0.6&invert=yes', 0, [0.3, 0.6], true],
    ['units of a residual', '&window=-0.5,0.5,-0.1,0.3', 3, [-0.1, 0.3], false],
  ] as const)('%s: greys on screen are those of the formula', async (_, words, layer, window, invert) => {
    await look(`#viewer?film=film-001&left=${exampleLayers[layer].layer}&${bare}${words}`, async (page) => {
      await compareGreys(page, 0, layer, 0, window, invert)
    })
  })

  test('sliders, presets, dragging; layers of the same units share it, others do not', async () => {
    await look(`#viewer?film=film-001&right=aligned&${bare}`, async (page) => {
      const box = page.getByRole('group', { name: 'Grey window, left' })
      const ends = (side: 0 | 1) => page.locator('.ends-of').nth(side).textContent()
      await box.getByLabel('width').fill(String(51 / 255))
      expect(await ends(0)).toBe('black 0.400, white 0.600; the layer runs from 0.000 to 1.000')
      expect(await ends(1)).toBe(await ends(0))
      await compareGreys(page, 0, 0, 0, [0.4, 0.6])
      await compareGreys(page, 1, 1, 0, [0.4, 0.6])
      await box.getByRole('button', { name: 'Full range' }).click()
      expect(await ends(0)).toBe('black 0.000, white 1.000; the layer runs from 0.000 to 1.000')
      await box.getByRole('button', { name: 'Narrow' }).click()
      expect(await ends(0)).toBe('black 0.375, white 0.625; the layer runs from 0.000 to 1.000')

      await box.getByRole('button', { name: 'Automatic' }).click()
      const { width, height } = exampleLayers[0]
      const greys = Array.from({ length: width * height }, (_, i) =>
        exampleGrey(0, 0, i % width, Math.floor(i / width)),
      ).toSorted((a, b) => a - b)
      const at = (share: number) => greys[Math.round(share * (greys.length - 1))]! / 255
      expect(await ends(0)).toContain(`black ${at(0.02).toFixed(3)}, white ${at(0.98).toFixed(3)};`)
      await compareGreys(page, 0, 0, 0, [at(0.02), at(0.98)])

      // a residual has units of its own
      await page.locator('.head select').nth(1).selectOption('3')
      expect(await ends(1)).toBe('black −0.500, white 0.500; the layer runs from −0.500 to 0.500')

      await box.getByRole('button', { name: 'Full range' }).click()
      const pane = (await sight(page, 0).boundingBox())!
      await page.mouse.move(pane.x + 0.9 * pane.width, pane.y + 0.5 * pane.height)
      await page.mouse.down()
      // left by half the pane: half the width; up by a quarter: the level a quarter of the range higher
      await page.mouse.move(pane.x + 0.4 * pane.width, pane.y + 0.25 * pane.height, { steps: 5 })
      await page.mouse.up()
      const text = (await ends(0))!
      const [black, white] = [/black (\d\.\d+)/, /white (\d\.\d+)/].map((one) => Number(one.exec(text)![1]))
      expect(Math.abs(black! - 0.5)).toBeLessThan(0.01)
      expect(Math.abs(white! - 1)).toBeLessThan(0.01)
      await page.mouse.move(0, 0)
      await compareGreys(page, 0, 0, 0, [0.5, 1])
    })
  })

  test('the value under the pointer, in both panes and in their units', async () => {
    await look('#viewer?film=film-001&right=residual', async (page) => {
      const pane = (await sight(page, 0).boundingBox())!
      for (const [x, y] of [
        [10, 20],
        [95, 0],
        [48, 77],
      ] as const) {
        await page.mouse.move(pane.x + ((x + 0.5) / 96) * pane.width, pane.y + ((y + 0.5) / 96) * pane.height)
        const [left, right] = await page.locator('.reading').allTextContents()
        const film = exampleGrey(0, 0, x, y) / 255
        expect(left).toBe(`x ${x}, y ${y}: ${film.toFixed(3)}`)
        expect(await page.locator('.reading data').first().getAttribute('value')).toBe(String(film))
        const [rx, ry] = [Math.floor(((x + 0.5) / 96) * 64), Math.floor(((y + 0.5) / 96) * 80)]
        const residual = -0.5 + exampleGrey(0, 3, rx, ry) / 255
        expect(right).toBe(`x ${rx}, y ${ry}: ${residual.toFixed(3).replace('-', '−')}`)
      }
      await page.mouse.move(0, 0)
      expect(await page.locator('.reading').first().textContent()).toBe('Point at the film for a value.')
    })
  })
})

describe('zoom and place', () => {
  /** left, top and width of the picture in shares of its pane */
  const shares = (page: Page, side: 0 | 1): Promise<ReadonlyArray<number>> =>
    sight(page, side).evaluate((one) => {
      const [pane, picture] = [one.getBoundingClientRect(), one.querySelector('img')!.getBoundingClientRect()]
      return [
        (picture.left - pane.left) / pane.width,
        (picture.top - pane.top) / pane.height,
        picture.width / pane.width,
      ]
    })
  const near = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) =>
    a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThan(0.006))

  test('wheel around the pointer, once the film has the focus; both panes in step', async () => {
    const same = { ...example, pictures: example.pictures.filter(({ frame }) => frame === 'aligned') }
    await look(
      '',
      async (page) => {
        await sight(page, 0).scrollIntoViewIfNeeded()
        const start = await shares(page, 0)
        const pane = (await sight(page, 0).boundingBox())!
        const pointer = [0.4, 0.3] as const
        await page.mouse.move(pane.x + pointer[0] * pane.width, pane.y + pointer[1] * pane.height)
        await page.mouse.wheel(0, 10)
        await page.waitForTimeout(200)
        near(await shares(page, 0), start)
        await sight(page, 0).evaluate((one) => one.focus({ preventScroll: true }))
        const box = (await sight(page, 0).boundingBox())!
        await page.mouse.move(box.x + pointer[0] * box.width, box.y + pointer[1] * box.height)
        await page.mouse.wheel(0, -500)
        await page.waitForFunction(() => document.querySelector('.zooms output')!.textContent !== '100 %')
        const factor = Math.exp(1)
        const after = await shares(page, 0)
        near(after, [
          pointer[0] - (pointer[0] - start[0]!) * factor,
          pointer[1] - (pointer[1] - start[1]!) * factor,
          start[2]! * factor,
        ])
        near(await shares(page, 1), after)

        // Shift and drag move it by as many pixels
        await page.keyboard.down('Shift')
        await page.mouse.down()
        await page.mouse.move(box.x + (pointer[0] - 0.1) * box.width, box.y + (pointer[1] + 0.05) * box.height, {
          steps: 4,
        })
        await page.mouse.up()
        await page.keyboard.up('Shift')
        near(await shares(page, 0), [after[0]! - 0.1, after[1]! + 0.05, after[2]!])
        near(await shares(page, 1), await shares(page, 0))
        expect(await page.locator('.ends-of').first().textContent()).toContain('black 0.000, white 1.000')

        await page.getByRole('button', { name: 'Whole film' }).click()
        near(await shares(page, 1), start)
        await page.getByRole('button', { name: 'Zoom in' }).click()
        expect(await page.locator('.zooms output').textContent()).toBe('125 %')
        await page.getByRole('button', { name: 'Zoom out' }).click()
        near(await shares(page, 0), start)
        await page.getByLabel('moves the film').check()
        await page.getByRole('button', { name: 'Zoom in' }).click()
        const wide = await shares(page, 0)
        await sight(page, 1).scrollIntoViewIfNeeded()
        const now = (await sight(page, 1).boundingBox())!
        await page.mouse.move(now.x + now.width / 2, now.y + now.height / 2)
        await page.mouse.down()
        await page.mouse.move(now.x + now.width / 2, now.y + now.height / 2 + 0.1 * now.height)
        await page.mouse.up()
        near(await shares(page, 0), [wide[0]!, wide[1]! + 0.1, wide[2]!])
      },
      {},
      renderReport({ ...emptyInput(), ...same }),
    )
  })

  test('two fingers zoom', async () => {
    await look(
      '',
      async (page) => {
        await sight(page, 0).scrollIntoViewIfNeeded()
        const pane = (await sight(page, 0).boundingBox())!
        const session = await page.context().newCDPSession(page)
        const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', spread: number) =>
          session.send('Input.dispatchTouchEvent', {
            type,
            touchPoints:
              type === 'touchEnd'
                ? []
                : [-1, 1].map((sign, id) => ({
                    x: pane.x + pane.width / 2 + sign * spread,
                    y: pane.y + pane.height / 2,
                    id,
                  })),
          })
        await touch('touchStart', 40)
        await touch('touchMove', 60)
        await touch('touchMove', 80)
        await touch('touchEnd', 0)
        await page.waitForFunction(() => document.querySelector('.zooms output')!.textContent === '200 %')
      },
      { hasTouch: true },
    )
  })
})

describe('two layers in one place', () => {
  test('wipe: left of the line one layer, right of it the other, each with its own window', async () => {
    await look(`#viewer?film=film-001&left=aligned&right=residual&mode=wipe&wipe=0.4&${bare}`, async (page) => {
      const [one, other] = [await sight(page, 0).boundingBox(), await sight(page, 1).boundingBox()]
      expect(other).toEqual(one)
      const check = async (wipe: number) => {
        const drawn = await drawnPixels(sight(page, 0))
        const { width, height } = exampleLayers[1]
        const at = placedAt(drawn.width, width, height, 1, 0.5, 0.5)
        for (let x = 3; x < width; x += 5) {
          const px = at.left + (x + 0.5) * at.scale
          if (Math.abs(px - wipe * drawn.width) < at.scale) continue
          const wanted = exampleGrey(0, px < wipe * drawn.width ? 1 : 3, x, 40)
          expect(Math.abs(drawn.at(px, at.top + 40.5 * at.scale)[0] - wanted)).toBeLessThanOrEqual(1)
        }
      }
      await check(0.4)
      await page.getByLabel('Share of the left layer').focus()
      await page.keyboard.press('Home')
      await check(0)
      await page.getByLabel('Share of the left layer').fill('0.75')
      await check(0.75)
    })
  })

  test('blink: in turn, and can be paused', async () => {
    await look('#viewer?film=film-001&right=residual&mode=blink', async (page) => {
      const opacity = () => sight(page, 1).evaluate((one) => getComputedStyle(one).opacity)
      const seen = new Set<string>()
      for (let i = 0; i < 12; i++) {
        seen.add(await opacity())
        await page.waitForTimeout(250)
      }
      expect([...seen].toSorted()).toEqual(['0', '1'])
      await page.getByRole('button', { name: 'Pause' }).click()
      const still = await opacity()
      await page.waitForTimeout(1800)
      expect(await opacity()).toBe(still)
      await page.getByRole('button', { name: 'Turn' }).click()
      expect(await opacity()).not.toBe(still)
    })
  })

  test('nothing blinks for who asked for less motion', async () => {
    await look(
      '#viewer?film=film-001&right=residual&mode=blink',
      async (page) => {
        const opacity = () => sight(page, 1).evaluate((one) => getComputedStyle(one).opacity)
        for (let i = 0; i < 8; i++) {
          expect(await opacity()).toBe('0')
          await page.waitForTimeout(300)
        }
        expect(await page.getByText('less motion').isVisible()).toBe(true)
        await page.getByRole('button', { name: 'Turn' }).click()
        expect(await opacity()).toBe('1')
      },
      { reducedMotion: 'reduce' },
    )
  })
})
