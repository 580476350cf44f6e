// What axe-core finds wrong with an open page for readers who do not see it or use no mouse: faults of serious and critical
// weight, each with its first elements.
import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** `color-contrast (serious): <p class="note">…` */
export const axeFaults = async (page: Page): Promise<ReadonlyArray<string>> => {
  // the browser's own evaluation, which the page's policy does not reach
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ['violations'], elementRef: false })`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => {
      const first = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))
      return `${id} (${impact}), ${nodes.length} times: ${first.join(' | ')}`
    })
}
