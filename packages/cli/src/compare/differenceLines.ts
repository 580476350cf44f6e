// What two runs differ in, for people.
import { cut } from '../show/tableLines.ts'
import { alignColumns } from '../text/alignColumns.ts'
import type { Paint } from '../text/paint.ts'
import type { Change, RunDifferences, StageChange } from './whatDiffers.ts'

const text = (value: unknown): string =>
  value === undefined
    ? '(none)'
    : Array.isArray(value)
      ? value.join(', ')
      : value === ''
        ? "''"
        : typeof value === 'string'
          ? value
          : JSON.stringify(value)

const arrow = ({ name, a, b }: Change): string => `${name} ${text(a)} → ${text(b)}`

const rows = (changes: ReadonlyArray<Change>): ReadonlyArray<string> =>
  alignColumns(changes.map(({ name, a, b }) => [`  ${name}`, text(a), '→', text(b)]))

/** Names shown in a list. */
const most = 4
const some = (names: ReadonlyArray<string>): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '')

const stageLines = ({ stages, params, modules, code, packages, runtime }: StageChange): ReadonlyArray<string> => [
  `  ${some(stages)}`,
  ...(params.length > 0 ? [`    ${params.map(arrow).join('; ')}`] : []),
  ...(code ? [`    code: ${modules.length > 0 ? some(modules) : 'the same modules, bundled otherwise'}`] : []),
  ...(packages.length > 0 ? [`    packages: ${some(packages.map(arrow))}`] : []),
  ...(runtime.length > 0 ? [`    runtime: ${some(runtime.map(arrow))}`] : []),
]

const counted = (names: ReadonlyArray<string>, says: string): ReadonlyArray<string> =>
  names.length === 0 ? [] : [`  ${names.length} ${names.length === 1 ? 'stage' : 'stages'} ${says}`]

export const differenceLines = (found: RunDifferences, columns: number, paint: Paint): ReadonlyArray<string> => {
  const { settings, data, sources, surroundings, stages, onlyInputs, same, onlyA, onlyB, unknown } = found
  const nothing = settings.length + data.length + stages.length + onlyInputs.length + onlyA.length + onlyB.length === 0
  const lines = [
    ...(nothing && unknown.length === 0 ? ['nothing: the same settings, data, code and seed'] : []),
    ...rows(settings),
    ...data.map(({ name, a, b }) => `  data ${name}: ${text(a).trim()} → ${text(b).trim()}`),
    ...stages.flatMap(stageLines),
    ...counted(
      onlyInputs,
      `differ${onlyInputs.length === 1 ? 's' : ''} only in what ${onlyInputs.length === 1 ? 'it reads' : 'they read'}`,
    ),
    ...counted(same, `of the same key: the same ${same.length === 1 ? 'result' : 'results'}`),
    ...(onlyA.length > 0 ? [`  only in A: ${some(onlyA)}`] : []),
    ...(onlyB.length > 0 ? [`  only in B: ${some(onlyB)}`] : []),
    ...(unknown.length > 0 ? [`  not compared, of one run nothing is kept: ${some(unknown)}`] : []),
    ...(sources.length > 0
      ? [
          paint.yellow(
            `  the films themselves were made otherwise (${some(sources)}): what differs below may come of that`,
          ),
        ]
      : []),
    ...(surroundings.length > 0 ? [paint.dim('  not part of any key:'), ...rows(surroundings)] : []),
  ]
  return [paint.bold('What differs, A → B'), ...lines.map((line) => cut(line, columns))]
}
