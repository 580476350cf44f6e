import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { formatNumber } from '../text/formatNumber.ts'

/** A number as a reader wants it, with the whole of it for programs and for the curious. */
export const numberData = (value: number, decimals?: number): Markup =>
  markup`<data value="${value}" title="${value}">${formatNumber(value, decimals)}</data>`
