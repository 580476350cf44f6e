// What the growing generator made of the same latents at the end of each phase.
import { Figure, Films, Stage } from '@radiograft/pipeline'

export const drawGrowth = Stage.make({
  name: 'draw-growth',
  doc: 'Films of the same latents at the end of each phase of growth, one phase a line.',
  rows: ['P8'],
  resource: 'light',
  pure: true,
  params: {},
  inputs: {
    /** `milestones` of `fit-progressive`: ids `<phase>/<latent>` */
    milestones: Films,
  },
  outputs: { growth: Figure },
  entry: Stage.entry(import.meta.url, './drawGrowth.run'),
})
