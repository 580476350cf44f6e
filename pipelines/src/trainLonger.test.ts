// Training longer, written as the READMEs of the three packages say: a fit that starts from another fit of the same stage.
import { expect, it } from '@jest/globals'
import { Dataset, Pipeline, resolvePipeline, validatePipeline } from '@radiograft/pipeline'
import { fitAligner } from '@radiograft/align/stages'
import { readFilms, split } from '@radiograft/data-io/stages'
import { fitDetector } from '@radiograft/detectors/stages'
import { fitAbnormalToNormal } from '@radiograft/gan-models/stages'

const longer = Pipeline.make({
  name: 'longer',
  doc: 'Each network fitted, then fitted further.',
  datasets: { rsna: Dataset },
  params: { steps: 300 },
  paramDocs: { steps: 'training steps of every second fit' },
  presets: { quick: {}, default: {}, paper: {} },
  axes: {},
  cell: (g, data, p) => {
    const { films, boxes, labels, cohort } = g('read', readFilms, { dataset: data.rsna })
    const parts = g('split', split, { cohort, labels }).split
    const who = { labels, cohort, split: parts }
    const aligner = g('fit-aligner', fitAligner, { films, cohort, split: parts })
    const generator = g('fit-generator', fitAbnormalToNormal, { films, pseudoNormals: films, ...who })
    const detector = g('fit-detector', fitDetector, { films, boxes, ...who, extraProvenance: [] })
    return {
      aligner: g(
        'fit-aligner-longer',
        fitAligner,
        { films, cohort, split: parts, init: aligner.aligner, initProvenance: aligner.provenance },
        { steps: p.steps },
      ),
      generator: g(
        'fit-generator-longer',
        fitAbnormalToNormal,
        { films, pseudoNormals: films, ...who, init: generator.generator, initProvenance: generator.provenance },
        { size: 128, steps: p.steps },
      ),
      detector: g(
        'fit-detector-longer',
        fitDetector,
        {
          films,
          boxes,
          ...who,
          extraProvenance: [],
          init: detector.detector,
          initProvenance: detector.provenance,
        },
        { steps: p.steps },
      ),
    }
  },
  gather: (_, cells) => ({
    networks: cells.flatMap(({ out }) => [out.aligner.aligner, out.generator.generator, out.detector.detector]),
  }),
})

it('a fit starts from a fit, with what that one has seen', () => {
  expect(() => validatePipeline(longer)).not.toThrow()
  const { nodes } = resolvePipeline(longer, { datasets: { rsna: { layout: 'rsna', root: '/films' } } })
  for (const what of ['aligner', 'generator', 'detector']) {
    const { inputs } = nodes.find((node) => node.id === `fit-${what}-longer`)!
    expect(inputs['init']).toMatchObject({ node: { id: `fit-${what}` }, port: what })
    expect(inputs['initProvenance']).toMatchObject({ node: { id: `fit-${what}` }, port: 'provenance' })
  }
})
