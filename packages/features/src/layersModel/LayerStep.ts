// What a layers model computes, as plain JSON: one step a layer that is left once batch normalisation is folded into the
// convolution before it. Made by layersNetwork, run by applyLayers, kept in the configuration of a stored network.

export interface ConvStep {
  /** `depthwise`: one filter a channel */
  readonly op: 'conv' | 'depthwise'
  readonly name: string
  readonly from: string
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

export type LayerStep =
  | { readonly op: 'input'; readonly name: string }
  | ConvStep
  | {
      readonly op: 'pad'
      readonly name: string
      readonly from: string
      /** zeros above, below, left and right */
      readonly pads: readonly [top: number, bottom: number, left: number, right: number]
    }
  | {
      readonly op: 'relu'
      readonly name: string
      readonly from: string
      /** what is larger is cut to it; null: nothing is */
      readonly max: number | null
    }
  | { readonly op: 'add'; readonly name: string; readonly from: ReadonlyArray<string> }
