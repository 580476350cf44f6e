// Rows P1 to P11 of the acceptance list as typed data: what the paper says (of which only the abstract is at hand), what is wrong
// with it or left open, what this pipeline does, and by which metrics it is measured. No figure of ours stands here.
import { chosen, type Measure, type PaperRow } from '../../rows/PaperRow.ts'

/** A metric of the run whose name ends in the number of films, which only the run knows: looked up by its beginning. */
const of = (arm: string, metric: string, label: string, more: Partial<Measure> = {}): Measure => ({
  label,
  arm,
  part: 'test',
  metric,
  ...more,
})

export const generators = ['pggan', 'pggan-early', 'dcgan'] as const

export const paperRows: ReadonlyArray<PaperRow> = [
  {
    id: 'P1',
    says: 'A progressively growing GAN makes chest films of nothing, unconditional, at high resolution (1024², 112,120 films of ChestX-ray14).',
    flag: 'Films and size are not in the abstract: the first from the authors’ code, the number from the data set.',
    here: chosen`unconditional, films of ${'fit-progressive.size'}², latents of ${'fit-progressive.latent'} numbers, maps of ${'fit-progressive.largest'} channels at most`,
    paper: '1024²',
    counts: ['films', 'parts'],
  },
]
