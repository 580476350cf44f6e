// What every part of the viewer is given: the films, the choice, and how to change it.
/// <reference lib="dom" />
import type { LayerData, ViewerData } from '../ViewerData.ts'
import type { Choice } from './Choice.ts'
import type { Store } from './Store.ts'

/** A point of the film, in shares of its sides; undefined while none is pointed at. */
interface Probe {
  readonly at: { readonly x: number; readonly y: number } | undefined
}

export interface Bench {
  readonly data: ViewerData
  readonly address: (layer: LayerData) => string
  readonly store: Store<Choice>
  readonly probe: Store<Probe>
  /** films that pass the filters, in order: places in `data.films` */
  readonly passing: () => ReadonlyArray<number>
  /** changes filters; a film that no longer passes gives way to the first that does */
  readonly filter: (change: Partial<Choice>) => void
  /** the next film of the list, or the one before */
  readonly step: (by: 1 | -1) => void
}
