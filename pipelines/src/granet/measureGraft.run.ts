// Entry of `measure-graft`.
import type { FilmCell } from '@radiograft/figures'
import type { RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { evenly } from '../pictures/evenly.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { graftLikeness, type GraftMethod } from './graftLikeness.ts'
import { graftMetrics } from './graftMetrics.ts'
import { graftPairs } from './graftPairs.ts'
import type { measureGraft } from './measureGraft.ts'
import { SHOWN, shownPicture } from '../pictures/shownFilm.ts'

/** Columns of the figure, in the order of the ladder. */
const columns: ReadonlyArray<readonly [GraftMethod, string]> = [
  ['none', 'healthy film'],
  ['paste', 'pasted'],
  ['poisson', 'Poisson blend'],
  ['delta', 'difference added'],
]

export const run: RunOf<typeof measureGraft> = async ({ params, ctx }) => {
  const { size, pairs, difficulty, resamples } = params
  const made = await graftPairs({
    seed: ctx.seed,
    pairs,
    size,
    difficulty,
    threads: ctx.threads,
    onFilm: (done, of) => {
      ctx.signal.throwIfAborted()
      ctx.progress(done, of, 'films')
    },
  })
  const scored = made.map((pair) => ({ pair, ...graftLikeness(pair, size) }))
  const metrics = graftMetrics(
    made.map((pair) => pair.patient),
    scored.map((one) => one.psnr),
    rng(ctx.seed),
    { resamples },
  )

  // from the pair that Poisson blending served worst to the one that it served best
  const ordered = scored.toSorted((a, b) => a.psnr.poisson! - b.psnr.poisson! || (a.pair.film < b.pair.film ? -1 : 1))
  const shown = columns.filter(([method]) => scored.every((one) => one.films[method]))
  const rows = evenly(ordered, 4).map(({ pair, films, psnr }) => {
    const picture = (pixels: Float32Array) => shownPicture(pixels, size, size)
    const scale = Math.min(1, SHOWN / size)
    const boxes = pair.boxes.map(
      ([x0, y0, x1, y1]) =>
        ({ box: [x0 * scale, y0 * scale, x1 * scale, y1 * scale], colour: 'orange', meaning: 'grafted box' }) as const,
    )
    const cells: FilmCell[] = [
      { film: picture(pair.donor), note: pair.donorFilm },
      ...shown.map(([method]) => ({
        film: picture(films[method]!),
        note: `${psnr[method]!.toFixed(1)} dB`,
        ...(method === 'none' ? { boxes } : {}),
      })),
      { film: picture(pair.truth) },
    ]
    return { label: pair.film, cells }
  })
  const title = 'Grafts whose truth is known'
  const means = metrics.map(
    (row) => `${row.metric} ${row.value.toFixed(1)} [${row.low.toFixed(1)}, ${row.high.toFixed(1)}] dB`,
  )
  const caption =
    `Four of ${made.length} phantom pairs, from the one that Poisson blending serves worst to the one it serves best: the donor’s ` +
    'opacities go into the healthy film of another patient; truth is that film rendered with the same opacities. Numbers: peak ' +
    `signal-to-noise ratio to the truth inside the boxes, higher is closer. Means with 95 % intervals: ${means.join('; ')}.`
  const names = ['donor', ...shown.map(([, name]) => name), 'truth']
  return { metrics, figure: filmFigure({ title, caption, row: 'G8' }, names, rows) }
}
