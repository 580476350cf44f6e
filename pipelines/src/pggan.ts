/**
 * nx run pipelines:pggan · a progressively growing GAN makes chest films of nothing, beside a DCGAN at equal images seen and the same
 * network after 1 % of its training: distances to held-out patients between real films and a memoriser, shares of classes, near
 * copies, a search of latents. `--preset quick`: to 32², under 2 min; `--preset rehearsal`: every phase up to 1024², three steps each,
 * at reduced width; `--preset paper`: the authors' schedule, to be planned and priced.
 *
 * films ─ split ─┬─ fit classifier ×2 ─────────┬─ features, predictions ─┬─ distances, shares, near copies, alarms ─ claims, rows
 *                ├─ fit progressive GAN ─ sample ┤                       ├─ search of latents
 *                └─ fit DCGAN ─ sample ─────────┘                        └─ films without near copies, with their card
 * Rows P1–P11 of the acceptance list, which the report lists one by one.
 */
import { Dataset, optional, Pipeline } from '@radiograft/pipeline'
import { classify, fitClassifier } from '@radiograft/classifiers/stages'
import { readFilms, renderPhantom, split } from '@radiograft/data-io/stages'
import { extractFeatures, measureLadder, readExtractor } from '@radiograft/features/stages'
import { fitDcgan, fitProgressive, sampleFilms } from '@radiograft/gan-models/stages'
import {
  blockCopies,
  judgeTraining,
  measureDistribution,
  measureMemorisation,
  measureShares,
  measureVariety,
} from '@radiograft/metrics/stages'
import { drawCohort } from './pictures/drawCohort.ts'
import { drawCurves } from './pictures/drawCurves.ts'
import { drawGrids } from './pggan/drawGrids.ts'
import { drawGrowth } from './pggan/drawGrowth.ts'
import { judgeGeneration } from './pggan/judgeGeneration.ts'
import { listGenerationRows } from './pggan/rows/listGenerationRows.ts'
import { rowSettings } from './pggan/rows/rows.ts'
import { searchLatents } from './pggan/searchLatents.ts'
import { settingsOf } from './rows/settings.ts'

const generators = ['pggan', 'pggan-early', 'dcgan'] as const

export default Pipeline.make({
  name: 'pggan',
  doc: 'PGGAN for chest films: generated films measured against held-out patients, real films and a memoriser.',
  // a feature network that no film of the cohort has taught (MobileNetV2): measured in it too, where it is given
  datasets: { films: Dataset, extractor: optional(Dataset) },
  params: {
    films: 1500,
    size: 64,
    difficulty: 0.4,
    finding: '',
    findings: false,
    holdOut: 0.35,
    validation: 0.15,
    latent: 128,
    largest: 64,
    batch: 16,
    schedule: 'own',
    fadeImages: 3000,
    stableImages: 3000,
    lastImages: 8000,
    emaDecay: 0.99,
    seenImages: 32_000,
    dcganWidth: 128,
    classifierSteps: 1000,
    samples: 500,
    starts: 12,
    calls: 60,
    resamples: 400,
  },
  paramDocs: {
    films: 'films of the phantom cohort; real films come whole',
    size: 'side of the generated films, pixels: a power of two (P1: 1024)',
    difficulty: 'difficulty of the phantom’s findings, 0 easy to 1 invisible',
    finding:
      'finding of real films beside which all others are one class; empty: Effusion (NIH), else as their layout has it',
    findings:
      'every finding by itself, present or absent, in place of three classes; real films with tables of findings',
    holdOut: 'share of films of patients that no network sees',
    validation: 'share of films by which classifiers are chosen and their errors are counted, taken inside training',
    latent: 'numbers in a latent (P6: 512)',
    largest: 'cap of feature maps (P6: 512)',
    batch: 'films a step',
    schedule: 'own: the images below; or the reference’s (P8), or the authors’ (P6)',
    fadeImages: 'films shown while a resolution is faded in (P6: 800,000)',
    stableImages: 'films shown behind that (P6: 800,000)',
    lastImages: 'films shown behind that at the last resolution (P6: 1,200,000)',
    emaDecay:
      'share of the generator’s average that stays at each step; of phases of a few hundred steps half is gone after 69 (P6: .999)',
    seenImages: 'films shown to the DCGAN: as many as the whole schedule shows',
    dcganWidth: 'cap of the DCGAN’s feature maps (D2: 1024)',
    classifierSteps: 'training steps of each classifier',
    samples: 'films that each generator makes',
    starts: 'searches of latents',
    calls: 'films that the guide judges in a search',
    resamples: 'bootstrap resamples over patients and generated films',
  },
  presets: {
    quick: {
      films: 320,
      size: 32,
      largest: 16,
      fadeImages: 160,
      stableImages: 160,
      lastImages: 320,
      emaDecay: 0.9,
      seenImages: 1280,
      dcganWidth: 16,
      classifierSteps: 40,
      samples: 100,
      starts: 2,
      calls: 8,
      resamples: 100,
      axes: { seed: [0] },
    },
    default: { axes: { seed: [0] } },
    // every phase's step three times, too narrow for any figure to mean something
    rehearsal: {
      films: 40,
      size: 1024,
      largest: 4,
      batch: 4,
      fadeImages: 12,
      stableImages: 12,
      lastImages: 12,
      seenImages: 32,
      dcganWidth: 4,
      classifierSteps: 10,
      samples: 16,
      starts: 2,
      calls: 2,
      resamples: 50,
      axes: { seed: [0] },
    },
    paper: {
      films: 112_120,
      size: 1024,
      holdOut: 0.2,
      validation: 0.1,
      latent: 512,
      largest: 512,
      schedule: 'thorax',
      emaDecay: 0.999,
      seenImages: 14_000_000,
      samples: 10_000,
      axes: { seed: [0] },
    },
  },
  axes: { seed: [0] },
  notBuilt: [{ row: 'P3', what: 'a reader study' }],
  cell: (g, data, p, at) => {
    const phantom =
      data.films.layout === 'phantom'
        ? g('read', renderPhantom, {}, { films: p.films, size: p.size, difficulty: p.difficulty })
        : undefined
    const real = phantom
      ? undefined
      : g(
          'read',
          readFilms,
          { dataset: data.films },
          {
            size: p.size,
            // NIH's usual one, Pneumonia, is too rare to be told by a small network
            finding: p.finding === '' && data.films.layout === 'nih' ? 'Effusion' : p.finding,
            classes: 'task',
          },
        )
    const raw = (phantom ?? real)!
    const { films, labels, cohort } = raw
    const byFinding = p.findings && real ? { findings: real.findings } : undefined
    const truth = byFinding ?? { labels }
    const parts = g('split', split, { cohort, labels }, { holdOut: p.holdOut, validation: p.validation }).split
    const who = { split: parts, cohort }

    // who guides and measures, and who judges what the guide was given (P4, P5, P11)
    const side = Math.min(p.size, 256)
    const classifierParams = {
      task: byFinding ? ('findings' as const) : ('classes' as const),
      size: Math.max(32, side),
      steps: p.classifierSteps,
    }
    const classifier = g('fit-classifier', fitClassifier, { films, ...truth, ...who }, classifierParams)
    const judge = g('fit-judge', fitClassifier, { films, ...truth, ...who }, { ...classifierParams, replica: 1 })

    const grown = g(
      'fit-progressive',
      fitProgressive,
      { films, ...who },
      {
        size: p.size,
        latent: p.latent,
        largest: p.largest,
        batch: p.batch,
        // the stage's own check names what there is
        schedule: p.schedule as 'own',
        fadeImages: p.fadeImages,
        stableImages: p.stableImages,
        lastImages: p.lastImages,
        emaDecay: p.emaDecay,
        replica: at.seed,
      },
    )
    const dcgan = g(
      'fit-dcgan',
      fitDcgan,
      { films, ...who },
      // not the loss as printed (D2), by which the discriminator wins and the generator stops: a weak baseline is none
      {
        size: side as 64,
        width: p.dcganWidth,
        batch: p.batch,
        images: p.seenImages,
        loss: 'non-saturating',
        replica: at.seed,
      },
    )
    const networks = { pggan: grown.generator, 'pggan-early': grown.early, dcgan: dcgan.generator }
    const sets = generators.map((name) => {
      const sampled = g(
        name === 'pggan' ? 'sample-films' : `sample-${name}`,
        sampleFilms,
        { generator: networks[name] },
        { films: p.samples, size: p.size, replica: at.seed },
      )
      return {
        name,
        films: sampled.films,
        predictions: g(`classify-${name}`, classify, { films: sampled.films, classifier: classifier.classifier })
          .predictions,
      }
    })
    const known = g('classify-real', classify, { films, classifier: classifier.classifier })
    const seen = [grown.provenance, dcgan.provenance, classifier.provenance]

    // each network's features by themselves: the classifier's, and of one that was given
    const given = data.extractor && g('read-extractor', readExtractor, { weights: data.extractor }).network
    const spaces = [
      { of: '', network: classifier.classifier, seen },
      ...(given ? [{ of: '-extractor', network: given, seen: [grown.provenance, dcgan.provenance] }] : []),
    ].map(({ of, network, ...rest }) => {
      const featuresOf = (name: string, looked: typeof films) =>
        g(`features-${name}${of}`, extractFeatures, { films: looked, network }).features
      return {
        of,
        network,
        ...rest,
        real: featuresOf('real', films),
        sets: sets.map((set) => featuresOf(set.name, set.films)),
      }
    })
    const names = [...generators]

    const distances = spaces.map((space) =>
      g(
        `measure-distribution${space.of}`,
        measureDistribution,
        { real: space.real, ...who, generated: space.sets, provenance: space.seen },
        {
          names,
          contrasts: ['pggan / pggan-early', 'pggan − pggan-early', 'pggan − dcgan', 'pggan − real-floor'],
          resamples: p.resamples,
        },
      ),
    )
    // whether that distance sees what is wrong with films at all (P2)
    const ladders = spaces.map(({ of, network }) => g(`measure-ladder${of}`, measureLadder, { films, ...who, network }))
    const variety = g(
      'measure-variety',
      measureVariety,
      { real: films, split: parts, generated: sets.map((set) => set.films), provenance: seen },
      { names },
    )
    const shares = g(
      'measure-shares',
      measureShares,
      {
        validation: known.predictions,
        heldOut: known.predictions,
        generated: sets.map((set) => set.predictions),
        labels,
        ...byFinding,
        split: parts,
        provenance: seen,
      },
      { names, resamples: p.resamples },
    )
    const [generated] = sets
    const copies = g(
      'measure-memorisation',
      measureMemorisation,
      {
        real: films,
        split: parts,
        generated: generated!.films,
        realFeatures: spaces.map((space) => space.real),
        generatedFeatures: spaces.map((space) => space.sets[0]!),
        provenance: [grown.provenance],
      },
      { arm: 'pggan' },
    )
    const alarms = g('judge-training', judgeTraining, { curves: grown.curves }, { arm: 'pggan' })
    const search = g(
      'search-latents',
      searchLatents,
      {
        generator: grown.generator,
        guide: classifier.classifier,
        judge: judge.classifier,
        films,
        split: parts,
      },
      { starts: p.starts, calls: p.calls, replica: at.seed },
    )
    const metrics = [...distances, ...ladders, variety, shares, copies, alarms, search].map((one) => one.metrics)
    const exported = g(
      'block-copies',
      blockCopies,
      {
        generated: generated!.films,
        scores: copies.scores,
        neighbours: copies.neighbours,
        provenance: [grown.provenance],
        metrics: [copies.metrics],
      },
      { generator: 'progressively growing GAN' },
    )
    return {
      raw,
      who,
      grown,
      dcgan,
      classifier,
      judge,
      sets,
      distances,
      ladders,
      variety,
      shares,
      copies,
      alarms,
      search,
      exported,
      metrics,
    }
  },
  gather: (g, cells, _, data) => {
    const { at, out: first } = cells[0]!
    const seeds = new Set(cells.map((cell) => cell.at.seed)).size
    const { films, labels, cohort } = first.raw
    const { metrics } = first
    const { rows } = g(
      'list-generation-rows',
      listGenerationRows,
      { metrics, cohort, labels, split: first.who.split },
      {
        settings: settingsOf(rowSettings, metrics),
        films: data.films.layout === 'phantom' ? 'phantom' : 'real',
        seeds,
      },
    )
    const cohortPictures =
      'boxes' in first.raw
        ? g('draw-cohort', drawCohort, { films, boxes: first.raw.boxes, labels, cohort, split: first.who.split })
        : undefined
    const curves = (id: string, title: string, of: ReadonlyArray<typeof first.grown.curves>, names: string[]) =>
      g(id, drawCurves, { curves: of }, { title, names }).figure
    return {
      metrics,
      verdicts: g('judge-generation', judgeGeneration, { metrics, said: [first.shares.verdicts] }, { seeds }).verdicts,
      rows,
      ...(cohortPictures ? { cohort: cohortPictures.sheet, counts: cohortPictures.counts } : {}),
      grids: g(
        'draw-grids',
        drawGrids,
        { real: films, split: first.who.split, sets: first.sets.map((set) => set.films) },
        { names: [...generators] },
      ).grid,
      growth: g('draw-growth', drawGrowth, { milestones: first.grown.milestones }).growth,
      latents: first.search.strip,
      nearest: first.copies.figure,
      curves: [
        curves('draw-curves', `Progressive GAN, seed ${at.seed}`, [first.grown.curves], []),
        curves('draw-curves-dcgan', 'DCGAN', [first.dcgan.curves], []),
        curves(
          'draw-curves-classifiers',
          'Classifiers',
          [first.classifier.curves, first.judge.curves],
          ['guide', 'judge'],
        ),
      ],
      ladderPlot: first.ladders.map((ladder) => ladder.figure),
      distances: first.distances.map((distance) => distance.figures),
      shares: first.shares.shares,
      labels: first.shares.verdicts,
      variety: first.variety.figures,
      ladder: first.ladders.map((one) => one.ladder),
      alarms: first.alarms.alarms,
      searches: first.search.paths,
      card: first.exported.card,
      blocked: first.exported.blocked,
    }
  },
})
