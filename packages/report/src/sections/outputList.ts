// What a stage left, by port.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportStage } from '../ReportInput.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { formatNumber } from '../text/formatNumber.ts'
import { digestCode } from './digestCode.ts'

export const outputList = (outputs: ReportStage['outputs']): Markup => {
  const items = Object.entries(outputs).map(
    ([port, { kind, rows, bytes, digest }]) =>
      markup`<li><b>${port}</b>${port === kind ? undefined : ` (${kind})`}: ${formatNumber(rows)} ${rows === 1 ? 'row' : 'rows'}, ${formatBytes(bytes)}, ${digestCode(digest)}</li>\n`,
  )
  return markup`<ul class="outputs">${items}</ul>`
}
