// Holds the table "Who may import whom": every import of every source file against its layer's row, and, through
// esbuild's metafile, what each package's root entry reaches. usage: node tools/checks/imports.mjs
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ground = ['random', 'geometry']
const nets = [...ground, 'tensor', 'nn', 'backbones']
const plain = ['blend', 'metrics']
const domain = ['data-io', 'align', 'gan-models', 'detectors', 'classifiers', 'features', ...plain]

/** Workspace packages that a layer's files may name, by package; the package itself by its subpaths is always allowed. */
const table = {
  safetensors: [],
  checkpoints: ['safetensors'],
  pipeline: ['checkpoints'],
  random: [],
  geometry: [],
  figures: ['geometry'],
  tensor: ground,
  nn: [...ground, 'safetensors', 'tensor'],
  backbones: [...ground, 'tensor', 'nn'],
  training: [...ground, 'checkpoints', 'tensor', 'nn'],
  ...Object.fromEntries(domain.map((name) => [name, plain.includes(name) ? ground : nets])),
  // puts networks, folders and measures together
  features: [...nets, 'metrics', 'metrics/distribution', 'classifiers', 'data-io'],
  'artefact-store': [...ground, 'safetensors', 'pipeline'],
  runner: [...ground, 'checkpoints', 'pipeline', 'artefact-store'],
  mlflow: [],
  report: [...ground, 'pipeline', 'artefact-store'],
  cli: [...ground, 'pipeline', 'artefact-store', 'runner', 'mlflow', 'mlflow/tracking', 'report', 'tensor/node'],
}
/** Third-party packages a root entry may reach; `node:` modules and the package's own field are listed where they belong. */
const thirdParty = {
  pipeline: ['effect'],
  tensor: ['@tensorflow/tfjs-core'],
  nn: ['@tensorflow/tfjs-core'],
  backbones: ['@tensorflow/tfjs-core'],
  training: ['@tensorflow/tfjs-core'],
  align: ['@tensorflow/tfjs-core'],
  'gan-models': ['@tensorflow/tfjs-core'],
  detectors: ['@tensorflow/tfjs-core'],
  classifiers: ['@tensorflow/tfjs-core'],
  features: ['@tensorflow/tfjs-core'],
  'data-io': [
    '@cornerstonejs/codec-charls',
    '@cornerstonejs/codec-libjpeg-turbo-8bit',
    '@cornerstonejs/codec-openjpeg',
    'sharp',
    'csv-parse',
  ],
  'artefact-store': ['effect', 'apache-arrow'],
  runner: ['effect', 'esbuild'],
  report: ['effect'],
}

const files = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts'))
    .map((e) => join(e.parentPath, e.name))
const specifiers = (text) =>
  [...text.matchAll(/^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm)].map(
    (m) => m[1] ?? m[2],
  )

/** What the file at this place may name: a set of 'package' or 'package/subpath'. */
const allowedIn = (project, path) => {
  if (project === 'pipelines')
    return path.split('/').length === 2
      ? ['pipeline', ...domain.map((d) => `${d}/stages`)]
      : [
          'pipeline',
          'figures',
          'training',
          'tensor/node',
          'metrics/distribution',
          ...nets,
          ...domain,
          ...domain.map((d) => `${d}/stages`),
        ]
  const own = table[project] ?? []
  if (path.startsWith('src/stages/'))
    return [...own, 'pipeline', 'training', ...(path.endsWith('.run.ts') ? ['tensor/node', 'figures'] : [])]
  if (path.startsWith('src/commands/')) return [...own, 'pipeline', 'figures']
  if (project === 'mlflow' && path.startsWith('src/tracking/')) return [...own, 'pipeline', 'artefact-store', 'runner']
  return own
}

const bad = []
for (const project of [...Object.keys(table), 'pipelines']) {
  const dir = project === 'pipelines' ? join(root, 'pipelines') : join(root, 'packages', project)
  for (const file of files(join(dir, 'src'))) {
    if (/\.test\.ts$|\/testing\//.test(file)) continue
    const path = relative(dir, file)
    const allowed = new Set(allowedIn(project, path))
    for (const s of specifiers(readFileSync(file, 'utf8'))) {
      if (!s.startsWith('@radiograft/')) continue
      const name = s.slice('@radiograft/'.length)
      if (!allowed.has(name) && name.split('/')[0] !== project) bad.push(`${relative(root, file)} imports ${s}`)
    }
  }
}

for (const project of Object.keys(table)) {
  if (project === 'cli') continue
  const { metafile } = await build({
    entryPoints: [join(root, 'packages', project, 'src/index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@radiograft/source'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'workspace-inside',
        setup: (b) =>
          b.onResolve({ filter: /^[^./]/ }, (a) =>
            a.path.startsWith('@radiograft/') || a.kind === 'entry-point'
              ? undefined
              : { path: a.path, external: true },
          ),
      },
    ],
  })
  const reached = new Set(
    Object.values(metafile.inputs)
      .flatMap((i) => i.imports)
      .filter((i) => i.external && !i.path.startsWith('node:'))
      .map((i) => (i.path.startsWith('@') ? i.path.split('/').slice(0, 2).join('/') : i.path.split('/')[0])),
  )
  const allowed = new Set([project, ...(table[project] ?? [])].flatMap((p) => thirdParty[p.split('/')[0]] ?? []))
  for (const r of reached) if (!allowed.has(r)) bad.push(`the root entry of ${project} reaches ${r}`)
}

if (bad.length > 0) {
  console.error(`imports against the table:\n  ${bad.join('\n  ')}`)
  process.exitCode = 1
} else console.log('imports: as the table allows')
