// Random small graphs under random edits, against a model that computes everything anew each time: equal values, and not
// one entry called more than the model says must be.
import { expect, it, jest } from '@jest/globals'
import { fileBlobs, readArtefact } from '@radiograft/artefact-store'
import type { Manifest } from '@radiograft/artefact-store'
import { Dataset, many, param, Pipeline, Scores, Stage } from '@radiograft/pipeline'
import type { AnyPipeline, AnyRef } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { Schema } from 'effect'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { blobPath, manifestsOf, planTiny, runTiny, statuses } from './testing/runTiny.ts'
import { findWorkspace } from './Workspace.ts'

jest.setTimeout(120_000)

const stages = 7
const edits = 8

interface Node {
  /** the graph never changes: numbers of earlier stages */
  readonly inputs: ReadonlyArray<number>
  /** in the entry's own code */
  constant: number
  /** in a helper that some entries share */
  readonly shared: boolean
  param: number
  comments: number
}

/** Coarse on purpose, so that many changes come out as before. */
const valueOf = (sum: number): number => Math.floor(sum / 3) % 4

const write = (root: string, nodes: ReadonlyArray<Node>, shared: number): void => {
  mkdirSync(join(root, 'src'), { recursive: true })
  writeFileSync(join(root, 'src/shared.ts'), `export const shared = (): number => ${shared}\n`)
  nodes.forEach((node, i) =>
    writeFileSync(
      join(root, `src/s${i}.run.ts`),
      `import { appendFileSync } from 'node:fs'
${node.shared ? `import { shared } from './shared.ts'\n` : ''}
${'// a comment\n'.repeat(node.comments)}export const run = ({ params, inputs }: any) => {
  appendFileSync(new URL('../../../../calls.txt', import.meta.url), 's${i}\\n')
  const sum = inputs.arms.reduce((n: number, [row]: any) => n + row.value, ${node.constant} + params.b${node.shared ? ' + shared()' : ''})
  return { scores: [{ film: 'f', patient: 'p', metric: 'm${i}', value: Math.floor(sum / 3) % 4 }] }
}
`,
    ),
  )
}

const pipelineOf = (root: string, nodes: ReadonlyArray<Node>): AnyPipeline =>
  Pipeline.make({
    name: 'model',
    doc: 'A random graph.',
    datasets: { none: Dataset },
    params: {},
    paramDocs: {},
    presets: { quick: {}, default: {}, paper: {} },
    axes: {},
    cell: (g) => {
      const refs: AnyRef[] = []
      for (const [i, node] of nodes.entries()) {
        const stage = Stage.make({
          name: `s${i}`,
          doc: 'One of them.',
          resource: 'light',
          pure: true,
          inputs: { arms: many(Scores) },
          outputs: { scores: Scores },
          params: { b: param(Schema.Int, { default: 0, doc: '' }) },
          entry: pathToFileURL(join(root, `src/s${i}.run.ts`)),
        })
        refs.push(g(`s${i}`, stage, { arms: node.inputs.map((n) => refs[n]!) }, { b: node.param }).scores)
      }
      return refs
    },
    gather: (_g, cells) => ({ all: cells[0]!.out }),
  })

it.each([1, 2, 3])('equals a full computation and computes no more than it must, seed %i', async (seed) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'radiograft-model-')))
  const draws = rng(`model-${seed}`)
  const int = (below: number): number => Math.floor(draws.uniform() * below)
  const nodes: Node[] = Array.from({ length: stages }, (_, i) => ({
    inputs: Array.from({ length: i }, (_, n) => n).filter(() => int(5) < 2),
    constant: int(9),
    shared: int(3) === 0,
    param: int(3),
    comments: 0,
  }))
  let shared = 1
  /** what was once computed: everything that an entry's value depends on → the value */
  const seen = new Map<string, number>()
  /** `<stage>:<value>` whose blob was removed */
  const gone = new Set<string>()
  let last: ReadonlyArray<number> = []
  let manifests: Readonly<Record<string, Manifest>> = {}
  writeFileSync(join(root, 'package-lock.json'), '{}')
  try {
    for (let step = 0; step <= edits; step++) {
      const node = nodes[int(stages)]!
      const what = step === 0 ? -1 : int(6)
      if (what === 0) node.constant = int(9)
      if (what === 1) node.param = int(3)
      if (what === 2) node.comments++
      if (what === 3) shared = int(4)
      write(root, nodes, shared)
      const given = { workspace: findWorkspace(root), pipeline: pipelineOf(root, nodes), execute: { inProcess: true } }
      const values: number[] = []
      if (what === 4) {
        const i = nodes.indexOf(node)
        rmSync(blobPath(given, manifests[`s${i}`]!.outputs['scores']!))
        gone.add(`${i}:${last[i]}`)
      }

      // the model
      const must: string[] = []
      nodes.forEach(({ inputs, constant, param: b, shared: uses }, i) => {
        const own = [i, constant, b, uses ? shared : 0, inputs.map((n) => values[n])]
        const value = valueOf(inputs.reduce((n, at) => n + values[at]!, constant + b + (uses ? shared : 0)))
        values.push(value)
        const before = seen.get(JSON.stringify(own))
        if (before === undefined || gone.has(`${i}:${value}`)) must.push(`s${i}`)
        seen.set(JSON.stringify(own), value)
        gone.delete(`${i}:${value}`)
      })

      const plan = statuses(await planTiny(given))
      const result = await runTiny(given)
      manifests = await manifestsOf(given, result)
      const calls = existsSync(join(root, 'calls.txt'))
        ? readFileSync(join(root, 'calls.txt'), 'utf8').split('\n').filter(Boolean).toSorted()
        : []
      rmSync(join(root, 'calls.txt'), { force: true })
      last = values
      const blobs = fileBlobs(given.workspace.store)
      for (const [i, value] of values.entries()) {
        const rows = await readArtefact(blobs, Scores, manifests[`s${i}`]!.outputs['scores']!)
        expect({ step, i, value: rows[0]!.value }).toEqual({ step, i, value })
      }
      expect({ step, what, calls }).toEqual({ step, what, calls: must })
      // what the plan was sure of is so; whatever ran was a miss or unknown
      for (const [label, status] of Object.entries(plan))
        if (status === 'hit') expect(calls).not.toContain(label)
        else if (status.startsWith('miss')) expect(calls).toContain(label)
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
