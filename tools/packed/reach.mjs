// What an installed root entry reaches, through esbuild's metafile of the packed files: tools/checks/imports.mjs holds
// the sources to the table of layers, this holds what users get. Used by run.mjs.
import { build } from 'esbuild'

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** @returns the packages, ours and others, that `import '<entry>'` loads */
export const reachedFrom = async (folder, entry) => {
  const { metafile } = await build({
    stdin: { contents: `import '${entry}'`, resolveDir: folder },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    // "sideEffects": false would drop a bare import before it is followed
    ignoreAnnotations: true,
    plugins: [
      {
        name: 'ours inside',
        setup: (b) =>
          b.onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@radiograft/') ? undefined : { path, external: true },
          ),
      },
    ],
  })
  const inside = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/(@radiograft\/[^/]+)/.exec(path)?.[1] ?? [],
  )
  const outside = Object.values(metafile.inputs)
    .flatMap((input) => input.imports)
    .filter(({ external, path }) => external && !path.startsWith('node:'))
    .map(({ path }) => packageOf(path))
  return [...new Set([...inside, ...outside])]
}
