// Time and memory of reading a folder against its number of films: check, decoding and preparation, as the read-films stage
// does them. The folder is made on the spot in RSNA's layout: 200 different phantom films of 512 x 512 as DICOM, and links
// to them under other names. Each size is read in a process of its own.
// node --conditions=@radiograft/source --import ./tools/ts-loader.mjs tools/bench/readFolder.ts [films,films,…] [workers]
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkFolder, renderCohort, streamFilms, writeDicom } from '@radiograft/data-io'

const DIFFERENT = 200
const SIDE = 512
const MB = 2 ** 20

const [counts = '1000,5000,20000', workers = '2', root] = process.argv.slice(2)

/** Reads the folder and prints [seconds of the check, seconds of reading, MB at 10 % of the films, most MB]. */
const readHere = async (folder: string): Promise<void> => {
  const begun = performance.now()
  const checked = await checkFolder(folder, 'rsna')
  const middle = performance.now()
  let read = 0
  let early = 0
  let most = 0
  for await (const { pixels } of streamFilms(checked, { size: 128, workers: Number(workers) })) {
    if (pixels.length !== 128 * 128) throw new Error('a film of another size')
    if (++read % 50 !== 0) continue
    const { rss } = process.memoryUsage()
    if (read * 10 <= checked.films.length) early = Math.max(early, rss)
    most = Math.max(most, rss)
  }
  const done = performance.now()
  const figures = [(middle - begun) / 1000, (done - middle) / 1000, early / MB, most / MB]
  console.log(figures.map((figure) => figure.toFixed(1)).join(' '))
}

const writeSources = async (folder: string): Promise<ReadonlyArray<string>> => {
  const files: string[] = []
  for await (const { description, pixels } of renderCohort({ seed: 7, films: DIFFERENT, size: SIDE })) {
    const file = join(folder, `${description.filmId}.dcm`)
    writeFileSync(file, writeDicom({ id: description.filmId, rows: SIDE, columns: SIDE, stored: pixels, view: 'PA' }))
    files.push(file)
  }
  return files
}

const writeFolder = (folder: string, sources: ReadonlyArray<string>, films: number): void => {
  mkdirSync(join(folder, 'stage_2_train_images'), { recursive: true })
  const ids = Array.from({ length: films }, (_, i) => `film-${String(i).padStart(6, '0')}`)
  for (const [i, id] of ids.entries()) {
    linkSync(sources[i % sources.length]!, join(folder, 'stage_2_train_images', `${id}.dcm`))
  }
  const table = (name: string, header: string, row: (id: string, i: number) => string): void =>
    writeFileSync(join(folder, name), [header, ...ids.map(row), ''].join('\n'))
  table('stage_2_train_labels.csv', 'patientId,x,y,width,height,Target', (id, i) =>
    i % 4 === 0 ? `${id},100,100,80,90,1` : `${id},,,,,0`,
  )
  table('stage_2_detailed_class_info.csv', 'patientId,class', (id, i) =>
    i % 4 === 0 ? `${id},Lung Opacity` : `${id},Normal`,
  )
  table('rsna_to_nih.csv', 'patientId,nihPatient', (id, i) => `${id},nih-${i}`)
}

if (root !== undefined) await readHere(root)
else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-folder-'))
  try {
    mkdirSync(join(folder, 'sources'))
    const sources = await writeSources(join(folder, 'sources'))
    console.log('| films | check, s | reading, s | ms a film | MB at 10 % | most MB |')
    console.log('| --- | --- | --- | --- | --- | --- |')
    for (const films of counts.split(',').map(Number)) {
      const place = join(folder, String(films))
      writeFolder(place, sources, films)
      const again = [...process.execArgv, process.argv[1]!, counts, workers, place]
      const [check, reading, early, most] = execFileSync(process.execPath, again, { encoding: 'utf8' }).split(' ')
      const each = ((1000 * Number(reading)) / films).toFixed(2)
      console.log(`| ${films} | ${check} | ${reading} | ${each} | ${early} | ${most!.trim()} |`)
      rmSync(place, { recursive: true })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
