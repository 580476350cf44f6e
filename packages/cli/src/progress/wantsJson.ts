// Whether a command line asks for JSON: asked before it is parsed, because what is wrong with it is told as JSON too.
export const wantsJson = (argv: ReadonlyArray<string>): boolean =>
  argv.includes('--json') || argv.includes('--json=true')
