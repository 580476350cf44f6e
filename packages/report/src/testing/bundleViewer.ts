// The viewer's script as text, by esbuild: `viewer/script.generated.ts` is what this makes of `viewer/script`, and a test
// holds the two equal. Writes it when run: npm exec -- node --import ../../tools/ts-loader.mjs src/testing/bundleViewer.ts
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const entry = fileURLToPath(new URL('../viewer/script/main.ts', import.meta.url))
export const generated = fileURLToPath(new URL('../viewer/script.generated.ts', import.meta.url))

/** A literal as Prettier would write it: the quote that needs fewer escapes, single where both need as many. */
const literal = (text: string): string => {
  const [single, double] = ["'", '"'].map((quote) => text.split(quote).length)
  const quote = double! < single! ? '"' : "'"
  return quote + text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`) + quote
}

/** The text of the generated file. Browsers of 2022 and later run it. */
export const bundleViewer = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
  })
  const text = outputFiles[0]!.text.trimEnd()
  if (/<\/script|<!--/i.test(text)) throw new Error('the script holds what would end its element: rename it there')
  return `// Made by src/testing/bundleViewer.ts from src/viewer/script; edit there.\nexport const script =\n  ${literal(text)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(generated, await bundleViewer())
