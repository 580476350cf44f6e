// Options of Node that a process passes on to one that runs a file of ours. Used by `measureAside`.

/**
 * Options that say what this process runs or who watches it. A child that had them would evaluate the caller's code instead of
 * its own file, and so start another child, and so on; or wait for a debugger, for tests or for changes of files.
 */
const ownOnly =
  /^(-e|-p|-pe|-i|-c|--eval|--print|--interactive|--check|--input-type|--test.*|--watch.*|--inspect.*|--debug-port)$/

/**
 * What is left are loaders, conditions, warnings, limits of memory and the like.
 * @param execArgv as in `process.execArgv`: an entry without a leading dash is the value of the option before it
 */
export const inheritedOptions = (execArgv: ReadonlyArray<string>): ReadonlyArray<string> => {
  let keep = true
  return execArgv.filter((entry) => {
    // Node takes underscores for dashes
    if (entry.startsWith('-')) keep = !ownOnly.test(entry.split('=')[0]!.replaceAll('_', '-'))
    return keep
  })
}
