// Entry of `render-phantom`: one rendering on as many threads as the stage has, spooled to scratch, then streamed.
import type { BoxRow, CohortRow, FilmsOut, LabelRow, RunOf, TransformRow } from '@radiograft/pipeline'
import { renderCohort } from '../phantom/renderCohort.ts'
import type { RenderedFilm } from '../phantom/renderFilm.ts'
import { filmSpool } from './filmSpool.ts'
import type { renderPhantom } from './renderPhantom.ts'
import { knobsOf } from './renderPhantomKnobs.ts'

/** 1 where any opacity is; undefined without one. */
const opacityMask = ({ findings }: RenderedFilm): Uint8Array | undefined => {
  const [first, ...others] = findings.filter(({ type }) => type === 'opacity').map(({ mask }) => mask)
  return first?.map((pixel, i) => (pixel > 0 || others.some((mask) => mask[i]! > 0) ? 1 : 0))
}

export const run: RunOf<typeof renderPhantom> = async ({ params, ctx }) => {
  const { films: count, size, difficulty } = params
  const films = await filmSpool(ctx.scratch, 'films', 255)
  const twins = await filmSpool(ctx.scratch, 'twins', 255)
  const masks = await filmSpool(ctx.scratch, 'masks', 1)
  const findings: BoxRow[] = []
  const labels: LabelRow[] = []
  const cohort: CohortRow[] = []
  const truth: TransformRow[] = []
  let done = 0
  try {
    for await (const film of renderCohort({
      ...knobsOf(params),
      seed: ctx.seed,
      films: count,
      size,
      delta: difficulty,
      workers: ctx.threads,
    })) {
      ctx.signal.throwIfAborted()
      const { filmId: id, patientId: patient, view, sex, age, class: name } = film.description
      await films.write(id, Uint8Array.from(film.pixels))
      await twins.write(id, Uint8Array.from(film.twin))
      const mask = opacityMask(film)
      if (mask) await masks.write(id, mask)
      for (const { type, box } of film.findings) {
        findings.push({ film: id, x0: box[0], y0: box[1], x1: box[2], y1: box[3], label: type })
      }
      labels.push({ film: id, class: name, target: name === 'Lung Opacity' ? 1 : 0 })
      cohort.push({ film: id, patient, patientKnown: true, view, sex, age })
      const [t0, t1, t2, t3, t4, t5] = film.theta
      truth.push({ film: id, t0, t1, t2, t3, t4, t5 })
      ctx.progress(++done, count)
    }
  } finally {
    // a stopped rendering leaves no file open
    for (const spool of [films, twins, masks]) await spool.close()
  }
  const out = (spool: typeof films): FilmsOut => ({
    height: size,
    width: size,
    storage: 'uint8',
    films: spool.films(),
  })
  return {
    films: out(films),
    twins: out(twins),
    masks: out(masks),
    boxes: findings.filter((row) => row.label === 'opacity'),
    findings,
    labels,
    cohort,
    truth,
  }
}
