// An input whose every name, label and caption tries to break out of the page, and whose SVG figures hold scripts.
import type { ReportInput } from '../ReportInput.ts'

/** Closes a style, a title, an attribute of either quote, a comment; each then sets `window.harmed`. */
export const HOSTILE =
  `</style></title><script>window.harmed=1</script><img src=x onerror="window.harmed=1">` +
  `" onerror="window.harmed=1" x='' onload='window.harmed=1 --><svg onload=window.harmed=1>\${window.harmed=1}`

const hostileSvg = new TextEncoder().encode(
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="window.harmed=1;top.harmed=1"><desc>${HOSTILE.replaceAll('<', '&lt;')}</desc>` +
    `<script>window.harmed=1;top.harmed=1</script><rect width="40" height="20"/>` +
    `<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:top.harmed=1"/></foreignObject></svg>`,
)

/** What the program chooses among known words; a picture's type and bytes are no text. */
const kept: ReadonlySet<string> = new Set(['mediaType', 'layout', 'name'])

const spoilt = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return kept.has(key) ? value : value + HOSTILE
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => spoilt(one, key))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, name)]))
}

/** Names of results choose their place on the page, hence keep it; names of ports, axes and parameters do not. */
export const hostileInput = (input: ReportInput): ReportInput => {
  const { figures, tables, params, axes, datasets, stages, ...rest } = spoilt(input) as ReportInput
  const bad = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name + HOSTILE, value]))
  return {
    ...rest,
    tables: [
      // known columns make cards; unknown ones make a table
      ...tables.map(({ name, table }, i) => ({ name, table: { ...table, columns: input.tables[i]!.table.columns } })),
      ...tables.map(({ table }) => ({ name: HOSTILE, table })),
    ],
    figures: [
      ...figures,
      {
        name: HOSTILE,
        figure: { ...figures[0]!.figure, mediaType: 'image/svg+xml', bytes: hostileSvg },
        arms: [HOSTILE],
      },
    ],
    params: params.map((param) => ({ ...param, name: param.name + HOSTILE })),
    axes: bad(axes),
    datasets: datasets.map((dataset) => ({ ...dataset, name: dataset.name + HOSTILE, layout: HOSTILE })),
    stages: stages.map((stage) => ({ ...stage, inputs: bad(stage.inputs), outputs: bad(stage.outputs) })),
  }
}
