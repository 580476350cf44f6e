// Entry of `make-films`.
import type { RunOf } from '@radiograft/pipeline'
import type { make } from './stages.ts'

export const run: RunOf<typeof make> = ({ params, ctx }) => {
  const ids = Array.from({ length: params.films }, (_, i) => `film-${String(i).padStart(2, '0')}`)
  ctx.log(`making ${params.films} films`)
  ctx.metric('made', params.films, 1)
  return {
    films: {
      height: 4,
      width: 4,
      storage: 'uint8',
      // film i is i/15 everywhere
      films: ids.map((id, i) => ({ id, pixels: new Float32Array(16).fill(i / 15) })),
    },
    cohort: ids.map((film, i) => ({
      film,
      patient: `person-${i}`,
      patientKnown: true,
      view: 'PA',
      sex: i % 2 === 0 ? 'F' : 'M',
      age: params.birth + i,
    })),
    labels: ids.map((film, i) => ({ film, class: i % 2 === 0 ? 'Normal' : 'Opacity', target: i % 2 })),
    network: {
      config: { architecture: 'tiny' },
      tensors: {
        weight: { shape: [2, 2], data: Float32Array.of(3, 0, 4, 0) },
        bias: { shape: [2], data: Float32Array.of(0, 1) },
      },
    },
    curves: Array.from({ length: 10 }, (_, i) => ({ name: 'loss', step: i + 1, value: 10 - i })),
  }
}
