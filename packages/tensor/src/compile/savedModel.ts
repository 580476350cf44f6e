// Writes a graph as TensorFlow's `saved_model.pb`: the one format that tfjs-node's binding loads into a session, and
// what other TensorFlow tools read. Field numbers are those of TensorFlow's .proto files.
import { CompiledStepError } from './CompiledStepError.ts'
import type { AttributeValue, GraphNode, GraphPort, GraphSpec } from './graphSpec.ts'
import type { Chunks } from './protobufWriter.ts'
import { bytesField, concatenated, floatField, intField, mapEntry, message, stringField } from './protobufWriter.ts'

const shapeMessage = (shape: ReadonlyArray<number>): Chunks =>
  message(...shape.map((size) => bytesField(2, message(intField(1, size)))))

/** attr_value.proto: list 1, s 2, i 3, f 4, b 5, type 6, shape 7, tensor 8. */
const attributeMessage = (attribute: AttributeValue): Chunks => {
  switch (attribute.kind) {
    case 'int':
      return intField(3, attribute.value)
    case 'type':
      return intField(6, attribute.value)
    case 'float':
      return floatField(4, attribute.value)
    case 'bool':
      return intField(5, attribute.value)
    case 'string':
      return stringField(2, attribute.value)
    case 'shape':
      return bytesField(7, shapeMessage(attribute.value))
    case 'ints':
      return bytesField(1, message(...attribute.value.map((value) => intField(3, value))))
    case 'types':
      return bytesField(1, message(...attribute.value.map((value) => intField(6, value))))
    case 'floats':
      return bytesField(1, message(...attribute.value.map((value) => floatField(4, value))))
    case 'tensor':
      return bytesField(
        8,
        message(
          intField(1, attribute.dtype),
          bytesField(2, shapeMessage(attribute.shape)),
          bytesField(4, attribute.bytes),
        ),
      )
  }
}

/** node_def.proto: name 1, op 2, input 3, attr 5. */
const nodeMessage = (node: GraphNode): Chunks =>
  message(
    stringField(1, node.name),
    stringField(2, node.op),
    ...node.inputs.map((input) => stringField(3, input)),
    ...Object.entries(node.attributes).map(([name, value]) => mapEntry(5, name, attributeMessage(value))),
  )

/** meta_graph.proto TensorInfo: name 1, dtype 2, tensor_shape 3. */
const portMessage = (port: GraphPort): Chunks =>
  message(stringField(1, `${port.node}:0`), intField(2, port.dtype), bytesField(3, shapeMessage(port.shape)))

/** What a protocol buffer can hold. */
const LIMIT = 2 ** 31 - 1

/**
 * `saved_model.pb` in parts: one meta graph tagged `serve`, with the signature `serving_default`.
 * @throws CompiledStepError above 2 GB
 */
export const savedModelParts = (graph: GraphSpec, limit = LIMIT): Chunks => {
  const signature = message(
    ...graph.inputs.map((port) => mapEntry(1, port.name, portMessage(port))),
    ...graph.outputs.map((port) => mapEntry(2, port.name, portMessage(port))),
    stringField(3, 'tensorflow/serving/predict'),
  )
  const graphDef = message(
    ...graph.nodes.map((node) => bytesField(1, nodeMessage(node))),
    // A producer that is newer than every op here: gaps are then errors, not guesses of an old version.
    bytesField(4, message(intField(1, 1000))),
  )
  const metaGraph = message(
    bytesField(1, message(stringField(4, 'serve'))),
    bytesField(2, graphDef),
    mapEntry(5, 'serving_default', signature),
  )
  const model = message(intField(1, 1), bytesField(2, metaGraph))
  if (model.length > limit) {
    const size = (model.length / 2 ** 30).toFixed(2)
    throw new CompiledStepError(
      `the graph with its constants takes ${size} GB, and a protocol buffer holds 2; give the largest tensors as inputs`,
    )
  }
  return model
}

/** The bytes of `saved_model.pb`. */
export const savedModelBytes = (graph: GraphSpec): Uint8Array => concatenated(savedModelParts(graph))
