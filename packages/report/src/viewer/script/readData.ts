// What the section wrote into the page.
/// <reference lib="dom" />
import { FILMS, PICTURES } from '../ViewerData.ts'
import type { LayerData, ViewerData } from '../ViewerData.ts'

export interface Films {
  readonly data: ViewerData
  /** address of a picture */
  readonly address: (layer: LayerData) => string
}

export const readData = (): Films => {
  const data = JSON.parse(document.getElementById(FILMS)!.textContent) as ViewerData
  const block = document.getElementById(PICTURES)
  const lines = block ? block.textContent.split('\n') : []
  return {
    data,
    address: ({ source }) => (typeof source === 'number' ? `data:image/png;base64,${lines[source]!}` : source),
  }
}
