// Rigged generators and donors in small: generators are made, not trained, from the phantom's twins, and scored by the stage
// that a run scores them with. Five seeds, with grafts, in `rigged.long.test.ts`.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { renderFilm, rsnaCohort } from '@radiograft/data-io'
import { measurePseudoNormal } from '@radiograft/metrics/stages'
import type { BoxRow, RunOf } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { unitFilm } from '../../answers/unitFilm.ts'
import type { Audit } from './Audit.ts'
import { auditAlarms } from './auditAlarms.ts'

const SIZE = 64
const POSITIVES = 6
const ids = filmIds(10)
const { labels, cohort, split } = cohortTables(ids, { partOf: () => 'test', having: (i) => i < POSITIVES })

/** x, the film without its lesion, and noise of unit deviation, to G(x). */
type Generator = (film: Float32Array, twin: Float32Array, noise: Float32Array) => Float32Array
const generators = {
  // the twin, and an error of one grey level, which no generator is without
  honest: (_, twin, noise) => twin.map((v, i) => v + noise[i]! / 255),
  noise: (film, _, noise) => film.map((v, i) => v + 0.1 * noise[i]!),
  // nearly: an exact copy is in the long test
  copier: (film, _, noise) => film.map((v, i) => v + (0.3 * noise[i]!) / 255),
} satisfies Record<string, Generator>

const seeds = [1]
const found = new Map<string, ReadonlyArray<Audit>>()

beforeAll(async () => {
  const { run } = (await import(measurePseudoNormal.entry.href)) as { run: RunOf<typeof measurePseudoNormal> }
  for (const seed of seeds) {
    const drawn = rsnaCohort(seed, 100)
    const of = (name: string, n: number) => drawn.filter((film) => film.class === name).slice(0, n)
    const films = [...of('Lung Opacity', POSITIVES), ...of('Normal', ids.length - POSITIVES)].map(({ index }) =>
      renderFilm({ seed, index, size: SIZE }),
    )
    const pixels = films.map((film) => unitFilm(film.pixels))
    const twins = films.map((film) => unitFilm(film.twin))
    const boxes: BoxRow[] = films.flatMap(({ findings }, i) =>
      i < POSITIVES
        ? findings.map(({ box: [x0, y0, x1, y1] }) => ({ film: ids[i]!, x0, y0, x1, y1, label: 'opacity' }))
        : [],
    )
    const stored = (of: (i: number) => Float32Array) => filmsInMemory(ids, SIZE, (_, i) => of(i))
    for (const [name, generator] of Object.entries(generators)) {
      const noise = (i: number) => rng(`${seed} ${i}`).normals(SIZE * SIZE)
      const inputs = {
        films: stored((i) => pixels[i]!),
        generated: stored((i) => generator(pixels[i]!, twins[i]!, noise(i))),
        twins: stored((i) => twins[i]!),
        boxes,
        labels,
        cohort,
        split,
        provenance: [],
        masks: undefined,
      }
      const params = defaultsOf(measurePseudoNormal, { resamples: 500 })
      const { metrics } = await run({ params, inputs, ctx: stageContext({ seed }) })
      found.set(`${name} ${seed}`, auditAlarms({ metrics, provenance: [], split }))
    }
  }
}, 180_000)

const verdicts = (name: string, seed: number) =>
  Object.fromEntries(found.get(`${name} ${seed}`)!.map(({ audit, verdict }) => [audit, verdict]))

describe.each(seeds)('seed %i', (seed) => {
  it('an honest generator: all quiet', () => {
    expect(verdicts('honest', seed)).toMatchObject({
      'residual does not point at lesions': 'quiet',
      'generator copies its input': 'quiet',
      'generator changes nothing in boxes': 'quiet',
      'generator changes normal films': 'quiet',
      'generator changes films outside boxes': 'quiet',
    })
  })

  it('a residual of pure noise: no signal, no gain, and normals harmed', () => {
    expect(verdicts('noise', seed)).toMatchObject({
      'residual does not point at lesions': 'alarm',
      'generator copies its input': 'alarm',
      'generator changes normal films': 'alarm',
      'generator changes films outside boxes': 'alarm',
    })
  })

  it('a generator that copies its input: no gain, and nothing changed; it harms nobody', () => {
    expect(verdicts('copier', seed)).toMatchObject({
      'residual does not point at lesions': 'alarm', // what is left of it is noise
      'generator copies its input': 'alarm',
      'generator changes nothing in boxes': 'alarm',
      'generator changes normal films': 'quiet',
      'generator changes films outside boxes': 'quiet',
    })
  })

  it('a donor of the test part alarms, one of the training part does not', () => {
    const films = rng(seed).shuffle(Array.from({ length: 60 }, (_, i) => `f${i}`))
    const parts = cohortTables(films, { partOf: (i) => (i < 40 ? 'train' : 'test'), patientOf: (f) => `p-${f}` }).split
    const pair = (film: string, donor: string) => ({ film, donor, rank: 0, distance: 1 })
    const honest = Array.from({ length: 20 }, (_, i) => pair(films[i]!, films[20 + i]!))
    const rigged = [...honest, pair(films[3]!, films[40 + seed]!)]
    const leakOf = (pairs: typeof honest) =>
      auditAlarms({ metrics: [], provenance: [], split: parts, pairs }).find((a) =>
        a.audit.startsWith('test patients'),
      )!
    expect(leakOf(honest)).toMatchObject({ verdict: 'quiet', value: 0 })
    expect(leakOf(rigged)).toMatchObject({ verdict: 'alarm', value: 1 })
    // the same through provenance, and through the ids of synthetic films
    const seen = (film: string) => [{ product: 'aligner', film, patient: `p-${film}`, role: 'training' as const }]
    const of = (more: Partial<Parameters<typeof auditAlarms>[0]>) =>
      auditAlarms({ metrics: [], provenance: [], split: parts, ...more }).find((a) => a.audit.startsWith('test p'))!
    expect(of({ provenance: [seen(films[1]!)] }).verdict).toBe('quiet')
    expect(of({ provenance: [seen(films[1]!), seen(films[50]!)] }).verdict).toBe('alarm')
    expect(of({ synthetic: [`${films[0]}+${films[1]}`] }).verdict).toBe('quiet')
    expect(of({ synthetic: [`${films[0]}+${films[55]}`] }).verdict).toBe('alarm')
    expect(of({ synthetic: [`${films[55]}+${films[0]}`] }).verdict).toBe('alarm')
    expect(of({}).verdict).toBe('not measured')
  })
})
