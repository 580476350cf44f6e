// A run of a tiny workspace in a process of its own: `node … runTiny.bin.ts <root> <json of sets> [<label>]`. Prints one line of
// JSON when it is done; for tests of what happens between processes. With a label that stage is computed again in this process,
// under a debugger, whose address is printed. TINY_PIPELINE=training runs the other pipeline;
// with TINY_KILL=commit it is killed before it commits.
import { fileStore } from '@radiograft/artefact-store'
import type { Store } from '@radiograft/artefact-store'
import { openTinyWorkspace } from './tinyWorkspace.ts'
import { runTiny } from './runTiny.ts'

/** A store whose first commit is the end of this process. */
const neverCommitting = (folder: string): Store => {
  const store = fileStore(folder)
  const commit = async (): Promise<never> => {
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => {})
  }
  return { ...store, manifests: { ...store.manifests, commit } }
}

const [root, sets, label] = process.argv.slice(2) as [string, string, string?]
const print = (line: object): void => console.log(JSON.stringify(line))
try {
  const tiny = openTinyWorkspace(root)
  const result = await runTiny({
    ...tiny,
    pipeline: process.env['TINY_PIPELINE'] === 'training' ? tiny.training : tiny.pipeline,
    ...(process.env['TINY_KILL'] === 'commit' && { store: neverCommitting(tiny.workspace.store) }),
    sets: JSON.parse(sets) as Readonly<Record<string, string>>,
    execute: {
      grace: 300,
      ...(label !== undefined && {
        only: new Set([label]),
        again: true,
        inProcess: true,
        inspect: { tell: (_, url) => print({ url }) },
      }),
    },
    observe: (event) => {
      if (event._tag === 'log') print({ label: event.label, message: event.message })
    },
  })
  print({ hits: result.hits, computed: result.computed, results: result.record.results })
} catch (error) {
  const { _tag, message } = error as { readonly _tag?: string; readonly message: string }
  print({ error: _tag ?? 'none', message })
}
