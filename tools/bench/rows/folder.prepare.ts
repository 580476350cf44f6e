// A folder in RSNA's layout for the row of reading: the real films of `rsna-mini` where RADIOGRAFT_FILMS (or `shared/data`
// beside the workspace) has them, else the phantom's, each under several names until there are enough.
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writePhantomFolder } from '@radiograft/data-io'
import { settingsOf } from './settingsOf.ts'

const { scratch, films, different } = settingsOf('films', 'different')
const beside = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const real = join(process.env['RADIOGRAFT_FILMS'] ?? beside, 'rsna-mini')

const source = existsSync(real)
  ? real
  : (
      await writePhantomFolder({
        out: join(scratch, 'phantom'),
        layout: 'rsna',
        films: different,
        size: 512,
        seed: 7,
      })
    ).folder
const images = 'stage_2_train_images'
const tables = ['stage_2_train_labels.csv', 'stage_2_detailed_class_info.csv', 'rsna_to_nih.csv']
const target = join(scratch, 'folder')
mkdirSync(join(target, images), { recursive: true })
const files = readdirSync(join(source, images))
  .filter((name) => name.endsWith('.dcm'))
  .toSorted()
  .slice(0, different)
const rows = Object.fromEntries(
  tables.map((name) => [name, readFileSync(join(source, name), 'utf8').trim().split(/\r?\n/)]),
)
const lines = Object.fromEntries(tables.map((name) => [name, [rows[name]![0]!]]))
for (let i = 0; i < films; i++) {
  const name = files[i % files.length]!
  const id = basename(name, '.dcm')
  const copy = Math.floor(i / files.length)
  const first = join(target, images, `${id}-0.dcm`)
  if (copy === 0) copyFileSync(join(source, images, name), first)
  else linkSync(first, join(target, images, `${id}-${copy}.dcm`))
  for (const table of tables)
    for (const line of rows[table]!)
      if (line.startsWith(`${id},`)) lines[table]!.push(`${id}-${copy}${line.slice(id.length)}`)
}
for (const table of tables) writeFileSync(join(target, table), `${lines[table]!.join('\n')}\n`)
