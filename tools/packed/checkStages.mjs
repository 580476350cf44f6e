// The other half of "usable alone": with Effect, pipeline and training installed too, every subpath that needs them
// (`/stages`, `/commands`, and the roots of the platform) type-checks and loads. Used by run.mjs.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check } from './checks.mjs'
import { emptyProject } from './emptyProject.mjs'
import { keepsItsPromises } from './keepsItsPromises.mjs'
import { typeCheck } from './typeCheck.mjs'

export const checkStages = async (packages, tarballs, { nodes, olderTypeScript }, folder) => {
  const project = join(folder, 'stages')
  const given = [...tarballs.values()].map(({ path }) => path)
  if (!(await check('stages, all packages in one project with Effect', () => emptyProject(project, given)))) return
  const entries = packages.flatMap(({ manifest }) =>
    // `/node` of tensor wants tfjs-node, and is seen to in that package's own project
    Object.keys(manifest.exports).flatMap((e) => (/package\.json|node/.test(e) ? [] : [manifest.name + e.slice(1)])),
  )
  const text = `${entries.map((e, i) => `import * as e${i} from '${e}'`).join('\n')}
console.log([${entries.map((_, i) => `e${i}`).join()}].every((e) => Object.keys(e).length > 0)) // true
`
  for (const file of ['stages.ts', 'stages.mjs']) writeFileSync(join(project, file), text)
  await check('stages, types', () => typeCheck(olderTypeScript, project, ['stages.ts']))
  await check(`stages, ${entries.length} entries load`, () => keepsItsPromises(project, 'stages.mjs', text, nodes))
  rmSync(project, { recursive: true })
}
