// Masks of findings seen through maps that are already known: what `warp-films` is to films.
import { Schema } from 'effect'
import { Masks, param, Stage, Transforms } from '@radiograft/pipeline'

export const warpMasks = Stage.make({
  name: 'warp-masks',
  doc: 'Masks and maps to warped masks, bilinear: .5 is the edge.',
  rows: ['G6'],
  resource: 'light',
  pure: true,
  params: {
    padding: param(Schema.Literals(['border', 'zeros']), { default: 'zeros', doc: 'what lies beyond the film' }),
  },
  inputs: { films: Masks, transforms: Transforms },
  outputs: { films: Masks },
  entry: Stage.entry(import.meta.url, './warpFilms.run'),
})
