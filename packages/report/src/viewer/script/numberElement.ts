/// <reference lib="dom" />
import { DASH, formatNumber } from '../../text/formatNumber.ts'
import type { Given } from '../ViewerData.ts'
import { element } from './element.ts'

/** A number short, with the whole of it in the value of its element; a dash where it is not given. */
export const numberElement = (value: Given, decimals = 3): HTMLElement | Text =>
  value === null
    ? document.createTextNode(DASH)
    : element('data', { value, title: value }, formatNumber(value, Number.isInteger(value) ? 0 : decimals))
