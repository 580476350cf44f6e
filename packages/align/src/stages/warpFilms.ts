// Films seen through maps that are already known: twins follow their films.
import { Schema } from 'effect'
import { Films, param, Stage, Transforms } from '@radiograft/pipeline'

export const warpFilms = Stage.make({
  name: 'warp-films',
  doc: 'Films and maps to warped films, bilinear.',
  rows: ['G6'],
  resource: 'light',
  pure: true,
  params: {
    padding: param(Schema.Literals(['border', 'zeros']), { default: 'border', doc: 'what lies beyond the film' }),
  },
  inputs: { films: Films, transforms: Transforms },
  outputs: { films: Films },
  entry: Stage.entry(import.meta.url, './warpFilms.run'),
})
