// Proof of the audits: they fire on rigged runs and not on an honest one, five seeds each. Phantom films go through the very
// stages of a run; a rig changes one thing. About a minute. Each seed prints its figures.
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { parseSyntheticId } from '@radiograft/blend'
import { measurePseudoNormal } from '@radiograft/metrics/stages'
import type { Films, MetricRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { auditPhantom, entryOf } from '../../testing/auditPhantom.ts'
import { judgeAudits } from './judgeAudits.ts'
import { pasteForensics } from './pasteForensics.ts'

jest.setTimeout(600_000) // a machine that runs other things as well is slow, not wrong

const resamples = 500

const rigged = async (seed: number) => {
  const phantom = await auditPhantom(seed)
  const { films, boxes, labels, cohort, split } = phantom
  const who = { labels, cohort, split }
  const grafts = await phantom.grafted(split)
  const measure = await entryOf(measurePseudoNormal)
  const find = await entryOf(pasteForensics)
  const judge = await entryOf(judgeAudits)
  const ctx = () => stageContext({ seed })
  const pseudo = (generated: Films) =>
    measure({
      params: defaultsOf(measurePseudoNormal, { resamples }),
      inputs: {
        films,
        boxes,
        ...who,
        generated,
        twins: phantom.twins,
        masks: phantom.masks,
        provenance: grafts.provenance,
      },
      ctx: ctx(),
    })
  const forensics = (blended: Films, generated?: Films) =>
    find({
      params: defaultsOf(pasteForensics, { resamples }),
      inputs: { films, boxes, ...who, pasted: grafts.pasted, contents: grafts.contents, blended, generated },
      ctx: ctx(),
    })
  const audited = async (metrics: ReadonlyArray<ReadonlyArray<MetricRow>>, made = grafts) => {
    const { provenance, pairs, blended } = made
    const inputs = { metrics, provenance, split, pairs, synthetic: blended }
    const { audits } = await judge({ params: {}, inputs, ctx: ctx() })
    return new Map(audits.cells.map(([audit, verdict]) => [String(audit), String(verdict)]))
  }

  // x without its lesion, exposed again; x and noise; x
  const honest = await pseudo(phantom.again(films.ids))
  const noise = await pseudo(
    phantom.through((film, i) => {
      const sd = rng(`${seed} ${i}`).normals(film.length)
      return film.map((v, p) => v + 0.1 * sd[p]!)
    }),
  )
  const copy = await pseudo(phantom.through((film) => film))
  // Poisson blending as it is; the host exposed again, which holds no graft; hard pastes that pass for blended ones
  const seamless = await forensics(
    grafts.blended,
    phantom.again(grafts.pasted.ids, (id) => parseSyntheticId(id).host),
  )
  const seam = await forensics(grafts.pasted)
  // a stage that was wired without the split
  const leaking = await phantom.grafted(split.map((row) => ({ ...row, part: 'train' as const })))

  const verdicts = {
    honest: await audited([honest.metrics, seamless.metrics]),
    noise: await audited([noise.metrics, seamless.metrics]),
    copier: await audited([copy.metrics, seamless.metrics]),
    seam: await audited([honest.metrics, seam.metrics]),
    leak: await audited([honest.metrics, seamless.metrics], leaking),
  }
  const shown = (rows: ReadonlyArray<MetricRow>, metric: string, arm: string) => {
    const { value, low, high } = rows.find((row) => row.metric === metric && row.arm === arm)!
    return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`
  }
  const auc = (metric: string) =>
    `hard pastes ${shown(seamless.metrics, metric, 'paste')}, Poisson ${shown(seamless.metrics, metric, 'poisson')}, ` +
    `no graft ${shown(seamless.metrics, metric, 'realistic')}`
  const ratio = ({ metrics }: typeof honest) => shown(metrics, 'residual-energy-ratio-lesion', 'generator')
  const gain = ({ metrics }: typeof honest) => shown(metrics, 'psnr-gain-over-copying', 'generator')
  console.log(
    `seed ${seed}\n` +
      `AUC by a search: ${auc('forensics-auc')}\n` +
      `AUC at the boxes: ${auc('forensics-auc-at-box')}\n` +
      `energy ratio: honest ${ratio(honest)}, noise ${ratio(noise)}, copier ${ratio(copy)}\n` +
      `gain, dB: honest ${gain(honest)}, noise ${gain(noise)}, copier ${gain(copy)}`,
  )
  return verdicts
}

type Rigged = Awaited<ReturnType<typeof rigged>>

const alarms = (verdicts: ReadonlyMap<string, string>): string[] =>
  [...verdicts].flatMap(([audit, verdict]) => (verdict === 'alarm' ? [audit] : []))

describe.each([1, 2, 3, 4, 5])('seed %i', (seed) => {
  let runs: Rigged
  beforeAll(async () => {
    runs = await rigged(seed)
  })
  /** What alarms beside that which alarms in the honest run, such as a donor that lends too often. */
  const more = (name: keyof Rigged): string[] => {
    const before = alarms(runs.honest)
    return alarms(runs[name])
      .filter((audit) => !before.includes(audit))
      .toSorted()
  }

  it('an honest run', () => {
    expect(Object.fromEntries(runs.honest)).toMatchObject({
      'residual does not point at lesions': 'quiet',
      'generator copies its input': 'quiet',
      'generator changes nothing in boxes': 'quiet',
      'generator changes normal films': 'quiet',
      'generator changes films outside boxes': 'quiet',
      'test patients seen in training': 'quiet',
      'generated grafts are easily told from films': 'quiet', // the film without a graft
    })
  })

  it('a residual of pure noise: it points nowhere, nothing is gained, normal films and what is outside boxes are harmed', () => {
    expect(more('noise')).toEqual([
      'generator changes films outside boxes',
      'generator changes normal films',
      'generator copies its input',
      'residual does not point at lesions',
    ])
  })

  it('a generator that copies its input: an empty residual, no gain, and nobody harmed', () => {
    expect(more('copier')).toEqual([
      'generator changes nothing in boxes',
      'generator copies its input',
      'residual does not point at lesions',
    ])
  })

  it('a leaking donor, and nothing else', () => {
    expect(more('leak')).toEqual(['test patients seen in training'])
  })

  it('a visible seam, and nothing else', () => {
    expect(more('seam')).toEqual(['blended grafts are easily told from films'])
  })
})
