/** radiograft run packages/cli/src/testing/films.ts · films read or rendered, and split: what tests of `--data` run. */
import { Dataset, Pipeline } from '@radiograft/pipeline'
import { readFilms, renderPhantom, split } from '@radiograft/data-io/stages'

export default Pipeline.make({
  name: 'films',
  doc: 'Films and their folds.',
  datasets: { rsna: Dataset },
  params: { films: 20, size: 32 },
  paramDocs: { films: 'films of the phantom', size: 'side of the films, pixels' },
  presets: { quick: { axes: { fold: [0] } }, default: {}, paper: { films: 26_684, size: 512 } },
  axes: { fold: [0, 1, 2, 3] },
  cell: (g, data, p, at) => {
    const raw =
      data.rsna.layout === 'phantom'
        ? g('read', renderPhantom, {}, { films: p.films, size: p.size })
        : g('read', readFilms, { dataset: data.rsna }, { size: p.size })
    const { split: parts } = g('split', split, raw, { fold: at.fold })
    return { films: raw.films, boxes: raw.boxes, parts }
  },
  gather: (_, cells) => ({
    films: cells[0]!.out.films,
    boxes: cells[0]!.out.boxes,
    parts: cells.map((c) => c.out.parts),
  }),
})
