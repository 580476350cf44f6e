// The same check with a TypeScript that has an API, in a process of its own: one parse of its libraries for both module
// settings, and only our declarations and the project's files are checked, not those of tfjs and Effect, which would take
// most of the time. Prints what tsc would. usage: node typeCheckOlder.mjs <typescript> <file …>, in the project
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const [path, ...files] = process.argv.slice(2)
const ts = createRequire(import.meta.url)(path)
const settings = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
}
const nodeTypes = process.env['NODE_TYPES'] ? { types: ['node'], typeRoots: [process.env['NODE_TYPES']] } : {}
const libraries = new Map()

for (const [name, modules] of Object.entries(settings)) {
  const options = { ...modules, ...nodeTypes, target: ts.ScriptTarget.ES2023, strict: true, noEmit: true }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (file, ...rest) => {
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(file)) return read(file, ...rest)
    if (!libraries.has(file)) libraries.set(file, read(file, ...rest))
    return libraries.get(file)
  }
  const roots = files.filter((file) => name === 'nodenext' || !file.endsWith('.cts'))
  const program = ts.createProgram(roots, options, host)
  const own = new Set(roots.map((file) => resolve(file)))
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program
      .getSourceFiles()
      .filter(({ fileName }) => own.has(resolve(fileName)) || fileName.includes('node_modules/@radiograft/'))
      .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ]
  for (const { file, start = 0, code, messageText } of diagnostics) {
    const place = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}` : ''
    console.log(`${name}: ${place} error TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  }
}
