// What a snippet says it prints: after `console.log(…)`, a comment on the same line and on the lines directly below it.
// So a README's snippet and a file of numbers are held to their own comments. Used by run.mjs.

/** Where the bracket that opens at `from` closes, strings and templates skipped. */
const closing = (text, from) => {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const c = text[i]
    if (c === "'" || c === '"' || c === '`') {
      for (i++; text[i] !== c; i++) if (text[i] === '\\') i++
    } else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  throw new Error('a console.log that does not close')
}

/** The first ```ts block of a README, or undefined. */
export const firstSnippet = (readme) => /```ts\n([\s\S]*?)```/.exec(readme)?.[1]

/**
 * The lines that a program promises to print, in order of its text.
 * @throws Error when a console.log promises nothing: a reader would not know what to expect
 */
export const promisedLines = (text) =>
  [...text.matchAll(/console\.log\(/g)].flatMap((found) => {
    const [rest, ...below] = text.slice(closing(text, found.index + 'console.log'.length) + 1).split('\n')
    const first = /^;?\s*\/\/ (.*)$/.exec(rest)?.[1]
    if (first === undefined) throw new Error(`${found[0]}…) has no comment that says what it prints`)
    const end = below.findIndex((line) => !/^\s*\/\/ /.test(line))
    return [first, ...below.slice(0, end).map((line) => line.replace(/^\s*\/\/ /, ''))]
  })

/** undefined when the output is what was promised, else the first difference. */
export const brokenPromise = (text, stdout) => {
  const [said, did] = [promisedLines(text), stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n')]
  if (said.length === 0) return 'it prints nothing, so nothing is promised'
  for (let i = 0; i < Math.max(said.length, did.length); i++)
    if (said[i] !== did[i])
      return `line ${i + 1}: promised ${JSON.stringify(said[i])}, printed ${JSON.stringify(did[i])}`
  return undefined
}
