/**
 * nx run pipelines:pggan · a progressively growing GAN makes chest films of nothing, beside a DCGAN at equal images seen and the same
 * network after 1 % of its training: distances to held-out patients between real films and a memoriser, shares of classes, near
 * copies, a search of latents. `--preset quick`: to 32², under 2 min; `--preset rehearsal`: every phase up to 1024², three steps each,
 * at reduced width; `--preset paper`: the authors' schedule, to be planned and priced.
 *
 * films ─ split ─┬─ fit classifier ×2 ─────────┬─ features, predictions ─┬─ distances, shares, near copies, alarms ─ claims, rows
 *                ├─ fit progressive GAN ─ sample ┤                       ├─ search of latents
 *                └─ fit DCGAN ─ sample ─────────┘                        └─ films without near copies, with their card
 * Beside them, in every run, sets whose truth is known: mixes of held-out films, copies of training films among generated ones and alone.
 * `--data extractor=<folder>` takes every figure of features a second time, by a network (MobileNetV2) that no film of the cohort has taught.
 * `--set leaveOut="Lung Opacity"` keeps a class from the generators, which must then be reported missing; `--set seed=0,1` trains twice.
 * Rows P1–P11 of the acceptance list, which the report lists one by one.
 */
import { Dataset, optional, Pipeline } from '@radiograft/pipeline'
import { fitClassifier } from '@radiograft/classifiers/stages'
import { readFilms, renderPhantom } from '@radiograft/data-io/stages'
import { blockCopies, judgeTraining } from '@radiograft/metrics/stages'
import { drawCohort } from './pictures/drawCohort.ts'
import { drawCurves } from './pictures/drawCurves.ts'
import { drawGrids } from './pggan/drawGrids.ts'
import { drawGrowth } from './pggan/drawGrowth.ts'
import { judgeGeneration } from './pggan/judgeGeneration.ts'
import { copyControls } from './pggan/parts/copyControls.ts'
import { featureSpaces } from './pggan/parts/featureSpaces.ts'
import { generatorNames, generators } from './pggan/parts/generators.ts'
import { measures } from './pggan/parts/measures.ts'
import { leftOutCheck, overSeeds } from './pggan/parts/overSeeds.ts'
import { people } from './pggan/parts/people.ts'
import { shareControls } from './pggan/parts/shareControls.ts'
import { listGenerationRows } from './pggan/rows/listGenerationRows.ts'
import { rowSettings } from './pggan/rows/rows.ts'
import { searchLatents } from './pggan/searchLatents.ts'
import { settingsOf } from './rows/settings.ts'

export default Pipeline.make({
  name: 'pggan',
  doc: 'PGGAN for chest films: generated films measured against held-out patients, real films and a memoriser.',
  datasets: { films: Dataset, extractor: optional(Dataset) },
  params: {
    films: 1500,
    size: 64,
    difficulty: 0.4,
    finding: '',
    findings: false,
    leaveOut: '',
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
    planted: 8,
    directions: 128,
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
    leaveOut:
      'class, or finding where `findings` is set, that the generators are not shown; classifiers are (P11); empty: none',
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
    planted:
      'copies of training films that are planted among generated ones as a control (P10), and films of other patients beside them',
    directions: 'directions of the sliced Wasserstein distance (P8: 512)',
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
      directions: 16,
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
  axes: { seed: [0, 1, 2, 3, 4] },
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
    const { films, labels } = raw
    const findings = p.findings && real ? { findings: real.findings } : {}
    const { who, seen } = people(g, raw, findings.findings, p)

    // who guides and measures, and who judges what the guide was given (P4, P5, P11)
    const side = Math.min(p.size, 256)
    const classifierParams = {
      task: findings.findings ? ('findings' as const) : ('classes' as const),
      size: Math.max(32, side),
      steps: p.classifierSteps,
    }
    const truth = findings.findings ? findings : { labels }
    const classifier = g('fit-classifier', fitClassifier, { films, ...truth, ...who }, classifierParams)
    const judge = g('fit-judge', fitClassifier, { films, ...truth, ...who }, { ...classifierParams, replica: 1 })
    const spaces = featureSpaces(g, classifier, data.extractor)

    const study = { films, cohort: who.cohort, split: seen.split }
    const made = generators(g, study, { ...p, side, replica: at.seed })
    const { grown, dcgan } = made
    const measured = measures(
      g,
      { films, labels, ...findings, who, seenBy: seen.rest },
      {
        sets: made.sets,
        provenance: grown.provenance,
        seen: [grown.provenance, dcgan.provenance],
      },
      spaces,
      p,
    )
    const { predictions, copies } = measured
    const alarms = g('judge-training', judgeTraining, { curves: grown.curves }, { arm: 'pggan' })
    const search = g(
      'search-latents',
      searchLatents,
      { generator: grown.generator, guide: classifier.classifier, judge: judge.classifier, films, split: seen.split },
      { starts: p.starts, calls: p.calls, replica: at.seed },
    )
    // generated films and nothing else: planted ones are measured apart
    const generated = made.sets[0]!.films
    const exported = g(
      'block-copies',
      blockCopies,
      {
        generated,
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
      sets: made.sets.map((set) => set.films),
      ...measured,
      alarms,
      search,
      exported,
      metrics: [
        ...measured.distances.map((one) => one.metrics),
        measured.variety.metrics,
        measured.shares.metrics,
        copies.metrics,
        alarms.metrics,
        search.metrics,
      ],
      mixes: shareControls(
        g,
        { predictions, labels, ...findings, split: who.split, provenance: classifier.provenance },
        p.leaveOut,
      ),
      planting: copyControls(
        g,
        {
          real: films,
          split: seen.rest,
          generated,
          provenance: grown.provenance,
          exported: exported.exported,
          spaces,
        },
        p,
      ),
    }
  },
  gather: (g, cells, p, data) => {
    // pictures and controls are of the first seed
    const { out: first } = cells[0]!
    const seeds = new Set(cells.map((cell) => cell.at.seed)).size
    const { films, labels, cohort } = first.raw
    const pooled = overSeeds(
      g,
      cells.map((cell) => ({ seed: cell.at.seed, metrics: cell.out.metrics })),
    )
    const leftOut = leftOutCheck(
      g,
      p.leaveOut,
      cells.map((cell) => cell.out.shares.metrics),
    )
    const { mixes, planting } = first
    const metrics = [
      ...pooled.metrics,
      ...first.ladders.map((one) => one.metrics),
      mixes.metrics,
      planting.planted.metrics,
      planting.memoriser.metrics,
      ...(leftOut ? [leftOut.metrics] : []),
    ]
    const said = [
      ...cells.map((cell) => cell.out.shares.verdicts),
      mixes.verdicts,
      planting.planted.verdicts,
      ...(leftOut ? [leftOut.verdicts] : []),
    ]
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
      verdicts: g('judge-generation', judgeGeneration, { metrics, said }, { seeds }).verdicts,
      rows,
      ...(cohortPictures ? { cohort: cohortPictures.sheet, counts: cohortPictures.counts } : {}),
      grids: g(
        'draw-grids',
        drawGrids,
        { real: films, split: first.who.split, sets: first.sets },
        { names: [...generatorNames] },
      ).grid,
      growth: g('draw-growth', drawGrowth, { milestones: first.grown.milestones }).growth,
      latents: first.search.strip,
      nearest: first.copies.figure,
      curves: [
        ...cells.flatMap((cell) => [
          curves('draw-curves', `Progressive GAN, seed ${cell.at.seed}`, [cell.out.grown.curves], []),
          curves('draw-curves-dcgan', `DCGAN, seed ${cell.at.seed}`, [cell.out.dcgan.curves], []),
        ]),
        curves(
          'draw-curves-classifiers',
          'Classifiers',
          [first.classifier.curves, first.judge.curves],
          ['guide', 'judge'],
        ),
      ],
      ladderPlot: first.ladders.map((one) => one.figure),
      ...('bySeed' in pooled ? { bySeed: pooled.bySeed } : {}),
      distances: cells.flatMap((cell) => cell.out.distances.map((one) => one.figures)),
      shares: cells.map((cell) => cell.out.shares.shares),
      labels: cells.map((cell) => cell.out.shares.verdicts),
      mixes: [mixes.recovered, mixes.verdicts],
      planted: [planting.planted.planted, planting.planted.verdicts],
      ...(leftOut ? { leftOut: leftOut.verdicts } : {}),
      variety: cells.map((cell) => cell.out.variety.figures),
      ladder: first.ladders.map((one) => one.ladder),
      alarms: cells.map((cell) => cell.out.alarms.alarms),
      searches: cells.map((cell) => cell.out.search.paths),
      card: cells.map((cell) => cell.out.exported.card),
      blocked: cells.map((cell) => cell.out.exported.blocked),
    }
  },
})
