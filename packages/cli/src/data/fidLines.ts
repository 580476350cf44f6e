// Distances of two folders as lines of a terminal. Used by `fid`.
import { alignColumns } from '../text/alignColumns.ts'
import { formatNumber } from '../text/formatNumber.ts'
import type { Paint } from '../text/paint.ts'
import type { FidFigure, FidLadder, MeasuredFolder, MeasuredFolders } from './featureCommands.ts'

const interval = ({ low, high }: Pick<FidFigure, 'low' | 'high'>): string =>
  `[${formatNumber(low)}, ${formatNumber(high)}]`

const folderLine = ({ folder, layout, films, patients, left }: MeasuredFolder, what: string): string => {
  const who = patients === null ? 'each its own unit' : `${patients} patients`
  return `${what}: ${layout === null ? '' : `${layout} `}${folder}, ${films} films, ${who}${left > 0 ? `, ${left} left out` : ''}`
}

const figureRow = ({ protocol, value, low, high, n, dims, floor }: FidFigure): ReadonlyArray<string> => [
  protocol,
  formatNumber(value),
  interval({ low, high }),
  n.real === n.fake ? `${n.real}` : `${n.real} x ${n.fake}`,
  `${dims}`,
  floor === null ? '–' : `${formatNumber(floor.mean)} ± ${formatNumber(floor.spread)}, n ${floor.n}`,
]

const ladderRows = ({ corruption, unit, rungs, rho }: FidLadder): ReadonlyArray<ReadonlyArray<string>> =>
  rungs.map(({ strength, amount, figure: { value, low, high } }, i) => [
    i === 0 ? corruption : '',
    `${strength}`,
    strength === 0 ? 'as it is' : formatNumber(amount),
    formatNumber(value),
    interval({ low, high }),
    i === 0 ? formatNumber(rho) : '',
    i === 0 ? unit : '',
  ])

export const fidLines = ({ record, kept }: MeasuredFolders, paint: Paint): ReadonlyArray<string> => {
  const { first, second, extractor, figures, ladder, notes, warnings } = record
  const hash = extractor.sha256 === null ? '' : `, weights ${extractor.sha256.slice(0, 12)}`
  const head = [
    paint.dim(folderLine(first, 'real ')),
    ...(second ? [paint.dim(folderLine(second, 'other'))] : []),
    paint.dim(`extractor: ${extractor.name} (${extractor.resizeFilter})${hash}${kept > 0 ? `; features of ${kept} films were kept` : ''}`), // prettier-ignore
  ]
  const table =
    figures.length === 0
      ? []
      : alignColumns(
          [
            ['', 'value', `${Math.round(100 * figures[0]!.confidence)} % interval`, 'n', 'dims', 'real against real'],
            ...figures.map(figureRow),
          ],
          ['left', 'right', 'left', 'right', 'right', 'left'],
        ).map((line, i) => (i === 0 ? paint.dim(line) : line))
  const rungs =
    ladder === null
      ? []
      : alignColumns(
          [
            ['corruption', 'strength', 'amount', 'KID', 'interval', 'rank correlation', 'amounts in'],
            ...ladder.corruptions.flatMap(ladderRows),
          ],
          ['left', 'right', 'right', 'right', 'left', 'right', 'left'],
        ).map((line, i) => (i === 0 ? paint.dim(line) : line))
  return [
    ...head,
    ...(table.length > 0 ? ['', ...table] : []),
    ...(rungs.length > 0
      ? ['', paint.bold(`The ladder: KID of ${first.films} films in two halves, one of them corrupted, at ${ladder!.size} x ${ladder!.size}`), ...rungs] // prettier-ignore
      : []),
    ...(notes.length + warnings.length > 0 ? [''] : []),
    ...warnings.map((text) => `${paint.yellow('!')} ${text}`),
    ...notes,
  ]
}
