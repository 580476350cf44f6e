// A TensorFlow graph as plain data: what the tracer makes and the SavedModel writer reads.

/** The value of one attribute. */
export type AttributeValue =
  | { readonly kind: 'int' | 'type'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'shape'; readonly value: ReadonlyArray<number> }
  | { readonly kind: 'ints' | 'floats' | 'types'; readonly value: ReadonlyArray<number> }
  | {
      readonly kind: 'tensor'
      readonly dtype: number
      readonly shape: ReadonlyArray<number>
      readonly bytes: Uint8Array
    }

/** One op. Inputs are `name` or `name:index`. */
export type GraphNode = {
  readonly name: string
  readonly op: string
  readonly inputs: ReadonlyArray<string>
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** A value that goes in or comes out. */
export type GraphPort = {
  readonly name: string
  readonly node: string
  readonly dtype: number
  readonly shape: ReadonlyArray<number>
}

export type GraphSpec = {
  readonly nodes: ReadonlyArray<GraphNode>
  readonly inputs: ReadonlyArray<GraphPort>
  readonly outputs: ReadonlyArray<GraphPort>
}
