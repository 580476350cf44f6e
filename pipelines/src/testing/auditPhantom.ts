// Phantom films of one seed, the grafts that the stages make of them, and the same films exposed again: what the audits are
// rigged with in `granet/audits/rigged.long.test.ts`.
import { graftLesion, nearestAbnormal, nearestNormal } from '@radiograft/blend/stages'
import { phantomFilmId, renderFilm, rsnaCohort, type RsnaClass } from '@radiograft/data-io'
import type { BoxRow, Films, FilmsOut, Part, RunOf, SplitRow } from '@radiograft/pipeline'
import { cohortTables, collectFilms, defaultsOf, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { eightBit, otherNoise } from '../answers/otherNoise.ts'
import { unitFilm } from '../answers/unitFilm.ts'

const SIZE = 64

/** The entry that a run would call. One after another: jest links modules that two imports share for one of them only. */
export const entryOf = async <S extends { readonly entry: URL }>(stage: S): Promise<RunOf<S>> =>
  ((await import(stage.entry.href)) as { run: RunOf<S> }).run

/** Normal films that get normal lung in the boxes of others, films with a lesion that lend the boxes, and films to be judged. */
const drawn = (
  seed: number,
): ReadonlyArray<{ readonly index: number; readonly class: RsnaClass; readonly part: Part }> => {
  const cohort = rsnaCohort(seed, 400)
  const of = (name: RsnaClass, from: number, to: number, part: Part) =>
    cohort
      .filter((film) => film.class === name)
      .slice(from, to)
      .map(({ index }) => ({ index, class: name, part }))
  return [
    ...of('Normal', 0, 60, 'train'),
    ...of('Lung Opacity', 0, 16, 'train'),
    ...of('Lung Opacity', 16, 26, 'test'),
    ...of('Normal', 60, 66, 'test'),
  ]
}

export const auditPhantom = async (seed: number) => {
  const films = drawn(seed).map((film) => {
    // 16 bits, so that rounding does not pass for noise; what the stages get is rounded to 8, as films are
    const render = (noise: number) => renderFilm({ seed, index: film.index, size: SIZE, bits: 16, noise })
    const [noisy, clean] = [render(1), film.part === 'test' || film.class === 'Normal' ? render(0) : undefined]
    const again = clean && otherNoise(unitFilm(noisy.twin), unitFilm(clean.twin), SIZE)
    return {
      ...film,
      id: phantomFilmId(film.index),
      pixels: unitFilm(noisy.pixels).map(eightBit),
      twin: unitFilm(noisy.twin).map(eightBit),
      again,
      findings: noisy.findings,
    }
  })
  const ids = films.map(({ id }) => id)
  const stored = (of: (film: (typeof films)[number]) => Float32Array): Films =>
    filmsInMemory(ids, SIZE, (_, i) => of(films[i]!))
  const boxes: BoxRow[] = films.flatMap(({ id, findings }) =>
    findings.map(({ box: [x0, y0, x1, y1] }) => ({ film: id, x0, y0, x1, y1, label: 'opacity' })),
  )
  const tables = cohortTables(ids, {
    partOf: (i) => films[i]!.part,
    classOf: (i) => films[i]!.class,
    having: (i) => films[i]!.class === 'Lung Opacity',
  })
  const given = { films: stored((film) => film.pixels), boxes, ...tables }

  const normalFor = await entryOf(nearestNormal)
  const abnormalFor = await entryOf(nearestAbnormal)
  const graft = await entryOf(graftLesion)
  /** Donors of pseudo-normals, and normal lung grafted in the shape of lesions, by this split. */
  const grafted = async (split: ReadonlyArray<SplitRow>) => {
    const ctx = stageContext({ seed })
    const inputs = { ...given, split }
    const own = await normalFor({ params: defaultsOf(nearestNormal), inputs: { ...inputs, hosts: undefined }, ctx })
    const lent = await abnormalFor({ params: defaultsOf(nearestAbnormal), inputs, ctx })
    const contents = await normalFor({
      params: defaultsOf(nearestNormal),
      inputs: { ...inputs, hosts: lent.pairs },
      ctx,
    })
    const made = await graft({
      params: defaultsOf(graftLesion),
      inputs: { ...inputs, pairs: lent.pairs, contents: contents.pairs },
      ctx,
    })
    return {
      pairs: own.pairs,
      provenance: [own.provenance, lent.provenance, contents.provenance],
      contents: contents.pairs,
      pasted: await inMemory(made.pasted),
      blended: await inMemory(made.blended),
    }
  }
  /** A film exposed again without its lesion: what no generator can do better, and a graft that left no seam. */
  const againOf = new Map(films.flatMap(({ id, again }) => (again ? [[id, again] as const] : [])))
  return {
    ...given,
    twins: stored((film) => film.twin),
    masks: stored(({ findings }) =>
      Float32Array.from({ length: SIZE * SIZE }, (_, p) => (findings.some(({ mask }) => mask[p]) ? 1 : 0)),
    ),
    grafted,
    again: (filmsOf: ReadonlyArray<string>, source: (id: string) => string = (id) => id): Films =>
      filmsInMemory(filmsOf, SIZE, (id) => againOf.get(source(id))!),
    /** G(x) of any generator, a film at a time */
    through: (generator: (film: Float32Array, index: number) => Float32Array): Films =>
      filmsInMemory(ids, SIZE, (_, i) => generator(films[i]!.pixels, i)),
  }
}

const inMemory = async (out: FilmsOut): Promise<Films> => {
  const pixels = new Map((await collectFilms(out)).map((film) => [film.id, film.pixels]))
  return filmsInMemory([...pixels.keys()], SIZE, (id) => pixels.get(id)!)
}
