// Parameters as a markdown table for the description of a run, with who set each: MLflow's own list has room for values only.

export interface Parameter {
  readonly name: string
  readonly value: string
  readonly source: string
  readonly doc?: string
}

const cell = (text: string): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|')

/** Nothing for no parameters. */
export const parameterTable = (parameters: ReadonlyArray<Parameter>): ReadonlyArray<string> => {
  if (parameters.length === 0) return []
  const withDoc = parameters.some(({ doc }) => doc !== undefined)
  const row = (cells: ReadonlyArray<string>): string => `| ${cells.map(cell).join(' | ')} |`
  return [
    row(['parameter', 'value', 'set by', ...(withDoc ? ['what it is'] : [])]),
    row(['---', '---', '---', ...(withDoc ? ['---'] : [])]),
    ...parameters.map(({ name, value, source, doc = '' }) => row([name, value, source, ...(withDoc ? [doc] : [])])),
  ]
}
