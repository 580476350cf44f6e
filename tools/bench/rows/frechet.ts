// Our side of the row of FID's statistics: means, covariances and distance of two feature matrices, in float64.
import { frechetDistance } from '@radiograft/metrics/distribution'
import { serve } from '../side.ts'
import { readFloat32 } from './rawFile.ts'

await serve<{ films: number; columns: number }>(({ scratch, films, columns }) => {
  const features = (name: string) => ({ values: readFloat32(scratch, `${name}.f32`), rows: films, columns })
  const [real, fake] = [features('real'), features('fake')]
  return { unit: () => ({ distance: frechetDistance(real, fake) }) }
})
