// What a `prepare` program is given on its command line. Sides get the same through side.ts.

/** The folder to fill, and the numbers of those names. */
export const settingsOf = <Name extends string>(
  ...names: ReadonlyArray<Name>
): Readonly<Record<Name, number>> & { readonly scratch: string } => {
  const given = JSON.parse(process.argv[2] ?? '{}') as Record<Name, number> & { readonly scratch: string }
  const absent = names.find((name) => typeof given[name] !== 'number')
  if (absent !== undefined) throw new Error(`the row sets no ${absent}`)
  return given
}
