// The folder check of the package that reads films, called only where there is a folder.

/** Rejects with the package's own error, which names the files. */
export const checkFolder = async (root: string): Promise<void> => {
  // the table of imports gives the command line a domain package's `/commands`, by dynamic import, and nothing else of it
  const commands = '@radiograft/data-io/commands'
  let found: { readonly checkDataset?: (root: string) => Promise<void> | void }
  try {
    found = (await import(commands)) as typeof found
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw cause
    found = {}
  }
  await found.checkDataset?.(root)
}
