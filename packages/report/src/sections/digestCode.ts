import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { shortDigest } from '../text/shortDigest.ts'

/** A key or digest, cut short; the whole of it in its title. */
export const digestCode = (digest: string): Markup =>
  digest === '' ? markup`<span class="note">none</span>` : markup`<code title="${digest}">${shortDigest(digest)}</code>`
