// Matrices as rows of features, as an extractor's stage would store them. Used by the tests of stages.
import type { FeatureRow } from '@radiograft/pipeline'
import type { Features } from '../../distribution/features.ts'

/** Films `<prefix>-000`, `<prefix>-001`, …, of an extractor without weights. */
export const featureRows = (
  prefix: string,
  { values, rows, columns }: Features,
  given: Partial<Pick<FeatureRow, 'extractor' | 'sha256' | 'resizeFilter'>> = {},
): ReadonlyArray<FeatureRow> =>
  Array.from({ length: rows }, (_, i) => {
    const view = new DataView(new ArrayBuffer(4 * columns))
    for (let j = 0; j < columns; j++) view.setFloat32(4 * j, values[i * columns + j]!, true)
    return {
      film: `${prefix}-${String(i).padStart(3, '0')}`,
      extractor: 'test',
      sha256: '',
      resizeFilter: 'none',
      values: new Uint8Array(view.buffer),
      ...given,
    }
  })
