// Opens a page with what lies beside it, in a folder that stays until it is closed, and reads what is drawn on it.
/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Report } from '../renderReport.ts'

export interface OpenedViewer {
  readonly page: Page
  /** console messages and uncaught errors */
  readonly complaints: ReadonlyArray<string>
  /** addresses asked for beside the page itself */
  readonly asked: ReadonlyArray<string>
  /** the page's own address, without a fragment */
  readonly address: string
  readonly close: () => Promise<void>
}

/** @param fragment such as `#viewer?film=a` */
export const openViewer = async (
  browser: Browser,
  { html, tiles }: Report,
  fragment = '',
  options: BrowserContextOptions = {},
): Promise<OpenedViewer> => {
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-viewer-'))
  for (const { path, bytes } of tiles) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  writeFileSync(join(folder, 'index.html'), html)
  const address = pathToFileURL(join(folder, 'index.html')).href
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, offline: true, ...options })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address) && !url.startsWith('data:')) asked.push(url)
  })
  await page.goto(address + fragment, { waitUntil: 'load' })
  return {
    page,
    complaints,
    asked,
    address,
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Drawn {
  readonly width: number
  readonly height: number
  /** RGB of a pixel */
  readonly at: (x: number, y: number) => readonly [number, number, number]
}

/** What stands on screen, pixel by pixel; another page of the browser decodes it. */
export const drawnPixels = async (element: Locator): Promise<Drawn> => {
  const png = await element.screenshot({ animations: 'disabled' })
  const decoder = await element.page().context().newPage()
  const { width, height, text } = await decoder.evaluate(
    async (address) => {
      const image = new Image()
      image.src = address
      await image.decode()
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      const { width, height } = canvas
      const { data } = context.getImageData(0, 0, width, height)
      // as text: a list of a million numbers would take seconds to come back
      let text = ''
      for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192))
      return { width, height, text: btoa(text) }
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  const data = Buffer.from(text, 'base64')
  await decoder.close()
  const at: Drawn['at'] = (x, y) => {
    const i = 4 * (Math.floor(y) * width + Math.floor(x))
    return [data[i]!, data[i + 1]!, data[i + 2]!]
  }
  return { width, height, at }
}
