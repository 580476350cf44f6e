// What an artefact's rows are called: `1 film`, `42 tensors`.
import type { OpenOutput } from '../open/OpenOutput.ts'

const units = { films: 'film', network: 'tensor', table: 'row', figure: 'picture', json: 'value' } as const

export const countOf = ({ layout, rows }: Pick<OpenOutput, 'layout' | 'rows'>): string =>
  `${rows} ${units[layout]}${rows === 1 ? '' : 's'}`
