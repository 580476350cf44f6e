// Opens a page in a real Chromium: `CHROMIUM`, or /usr/bin/chromium. Keeps what the browser complains of and asks for.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'

export interface Opened {
  readonly page: Page
  /** console messages and uncaught errors */
  readonly complaints: ReadonlyArray<string>
  /** addresses asked for beside the page itself; data URLs are no requests */
  readonly asked: ReadonlyArray<string>
}

export interface OpenOptions {
  /** @default 1280 */
  readonly width?: number
  /** @default 'light' */
  readonly scheme?: 'light' | 'dark'
}

export const launch = async (): Promise<Browser> => {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    throw new Error(`no browser at ${executablePath}: install chromium, or set CHROMIUM to the path of one`)
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
}

/** Offline, from a file of its own, as a reader would open it. Close the page's context when done. */
export const openPage = async (browser: Browser, html: string, options: OpenOptions = {}): Promise<Opened> => {
  const { width = 1280, scheme = 'light' } = options
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, offline: true })
  const page = await context.newPage()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-report-'))
  try {
    const file = join(folder, 'index.html')
    writeFileSync(file, html)
    const own = pathToFileURL(file).href
    page.on('request', (request) => {
      if (request.url() !== own) asked.push(request.url())
    })
    await page.goto(own, { waitUntil: 'load' })
    await page.waitForTimeout(150) // what an escaped handler would do, it does after load
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { page, complaints, asked }
}
