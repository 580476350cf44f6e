// Colours of the terminal, or none.

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const
export type Paint = Readonly<Record<keyof typeof codes, (text: string) => string>>

export const paintFor = (colour: boolean): Paint =>
  Object.fromEntries(
    Object.entries(codes).map(([name, [on, off]]) => [
      name,
      (text: string) => (colour ? `\u001B[${on}m${text}\u001B[${off}m` : text),
    ]),
  ) as Paint
