// A browser for a test file's looks at the viewer: opened before its tests, closed after them.
import { afterAll, beforeAll, expect } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Report } from '../renderReport.ts'
import { launch } from './openPage.ts'
import { openViewer } from './openViewer.ts'
import type { OpenedViewer } from './openViewer.ts'

export interface ViewerLooks {
  /** Opens the report at a fragment for one look at it, of which the browser must have nothing to complain. */
  readonly look: (
    fragment: string,
    at: (page: Page, opened: OpenedViewer) => Promise<void>,
    options?: BrowserContextOptions,
    made?: Report,
  ) => Promise<void>
  /** Opens one that may complain; its opener closes it. */
  readonly openOther: (made: Report) => Promise<OpenedViewer>
}

/** For a test file's top level. */
export const viewerLooks = (report: Report): ViewerLooks => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  }, 60_000)
  afterAll(() => browser?.close())
  return {
    look: async (fragment, at, options = {}, made = report) => {
      const opened = await openViewer(browser, made, fragment, options)
      try {
        await at(opened.page, opened)
        expect(opened.complaints).toEqual([])
      } finally {
        await opened.close()
      }
    },
    openOther: (made) => openViewer(browser, made),
  }
}

/** The name of the film that is shown. */
export const filmName = (page: Page): Promise<string | null> => page.locator('.film-name').textContent()
