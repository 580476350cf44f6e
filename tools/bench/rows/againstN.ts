// Time and memory against the number of films, our side alone: one program, so that each row is one `what` and one `films`.
import { join } from 'node:path'
import { fileStore, readArtefact, writeArtefact } from '@radiograft/artefact-store'
import { nearestThumbnails } from '@radiograft/blend'
import { checkFolder, streamFilms } from '@radiograft/data-io'
import { patientBootstrap, rsnaAp } from '@radiograft/metrics'
import { Boxes } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { serve } from '../side.ts'
import type { Numbers } from '../side.ts'
import { detectionFilms } from './detectionFilms.ts'
import { readFloat32, readFloat64 } from './rawFile.ts'

interface Given {
  readonly scratch: string
  readonly films: number
  readonly threads: number
}
type Unit = () => Promise<Numbers> | Numbers

const table = async ({ scratch }: Given): Promise<Unit> => {
  const truth = readFloat64(scratch, 'detections.f64')
  const rows = Array.from({ length: truth.length / 6 }, (_, i) => ({
    film: String(truth[6 * i]),
    x0: truth[6 * i + 1]!,
    y0: truth[6 * i + 2]!,
    x1: truth[6 * i + 3]!,
    y1: truth[6 * i + 4]!,
    label: 'Lung Opacity',
  }))
  const { blobs } = fileStore(join(scratch, 'store'))
  const artefact = await writeArtefact(blobs, Boxes, rows)
  return async () => ({ rows: (await readArtefact(blobs, Boxes, artefact)).length })
}

const neighbours = ({ scratch }: Given): Unit => {
  const of = (name: string) => {
    const values = readFloat32(scratch, name)
    return { values, count: values.length / 32 ** 2, size: 32 }
  }
  const [queries, pool] = [of('queries.f32'), of('pool.f32')]
  return () => ({ first: nearestThumbnails(queries, pool).indices[0]! })
}

const ap = ({ scratch, films }: Given): Unit => {
  const all = detectionFilms(scratch, films)
  return () => ({ ap: rsnaAp(all).value ?? 0 })
}

const bootstrap = ({ films }: Given): Unit => {
  const values = Array.from(rng('values').uniforms(films))
  const patients = values.map((_, i) => `p${Math.floor(i / 2.36)}`) // 26,684 films of 11,298 patients
  return () => ({ low: patientBootstrap({ patients, values }, rng(1)).low })
}

const reading = async ({ scratch, threads }: Given): Promise<Unit> => {
  const folder = await checkFolder(join(scratch, 'folder'), 'rsna')
  return async () => {
    let films = 0
    for await (const { pixels } of streamFilms(folder, { size: 128, workers: threads }))
      films += pixels.length / 128 ** 2
    return { films }
  }
}

const units: Readonly<Record<string, (given: Given) => Promise<Unit> | Unit>> = {
  table,
  neighbours,
  ap,
  bootstrap,
  reading,
}

await serve<{ what: string; films: number }>(async ({ what, films, scratch, threads }) => ({
  count: 1,
  unit: await units[what]!({ scratch, films, threads }),
}))
