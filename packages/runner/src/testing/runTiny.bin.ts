// A run of a tiny workspace in a process of its own: `node … runTiny.bin.ts <root> <json of sets>`. Prints one line of JSON
// when it is done; for tests of what happens between processes.
import { openTinyWorkspace } from './tinyWorkspace.ts'
import { runTiny } from './runTiny.ts'

const [root, sets] = process.argv.slice(2) as [string, string]
try {
  const result = await runTiny({
    ...openTinyWorkspace(root),
    sets: JSON.parse(sets) as Readonly<Record<string, string>>,
    execute: { grace: 300 },
    observe: (event) => {
      if (event._tag === 'log') console.log(JSON.stringify({ label: event.label, message: event.message }))
    },
  })
  console.log(JSON.stringify({ hits: result.hits, computed: result.computed, results: result.record.results }))
} catch (error) {
  const { _tag, message } = error as { readonly _tag?: string; readonly message: string }
  console.log(JSON.stringify({ error: _tag ?? 'none', message }))
}
