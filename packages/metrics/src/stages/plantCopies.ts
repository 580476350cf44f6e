// Known copies among generated films: what `measure-memorisation` must report and `block-copies` must hold back, or neither says anything
// of films whose truth is not known. Without generated films the copies are a memoriser's.
import { Schema } from 'effect'
import { Films, optional, param, Provenance, Split, Stage } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 99_999 }))
const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

export const plantCopies = Stage.make({
  name: 'plant-copies',
  doc: 'Training films, and films of patients who are in no training, exposed again and put among generated films under ids of their own.',
  rows: ['P10'],
  resource: 'light',
  pure: true,
  params: {
    copies: param(count, {
      default: 8,
      doc: 'copies of training films, drawn by the seed; each film once, and again where they are fewer',
    }),
    others: param(count, {
      default: 0,
      doc: 'films of the validation part, treated alike, at most: what must not be blocked',
    }),
    brightness: param(share, {
      default: 0.05,
      doc: 'of the grey range, by which a copy is brighter or darker at most',
    }),
    contrast: param(share, { default: 0.1, doc: 'share by which the contrast of a copy is higher or lower at most' }),
    noise: param(share, { default: 0.02, doc: 'standard deviation of noise in a copy, of the grey range' }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for other copies' }),
  },
  inputs: {
    /** real ones, averaged to the size of generated ones where these are wired */
    films: Films,
    /** of what the generator was trained on */
    split: Split,
    /** generated ones, which stay as they are */
    among: optional(Films),
  },
  outputs: {
    /** generated ones, `planted-00001` … and `other-00001` … */
    films: Films,
    /** each planted film with the training film that it shows */
    copies: Provenance,
    others: Provenance,
  },
  entry: Stage.entry(import.meta.url, './plantCopies.run'),
})
