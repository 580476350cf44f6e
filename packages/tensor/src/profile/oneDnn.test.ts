import { expect, it } from '@jest/globals'
import { convolutionKey, isReference, parseOneDnn, primitiveKey } from './oneDnn.ts'

const shapes = 'mb2_ic32oc64_ih64oh32kh3sh2dh0ph1_iw64ow32kw3sw2dw0pw1'
const convolution = `onednn_verbose,v1,1795682696132.25,primitive,exec,cpu,convolution,brg_conv_fwd:avx2,forward_training,src:f32::blocked:acdb::f0 wei:f32:a:blocked:Acdb16a::f0,attr-scratchpad:user,alg:convolution_direct,${shapes},2.5`
const printed = `onednn_verbose,v1,info,oneDNN v3.7.3 (commit N/A)
onednn_verbose,v1,primitive,info,template:operation,engine,primitive,implementation,prop_kind,memory_descriptors,attributes,auxiliary,problem_desc,exec_time
${convolution}
a line of the stage's own
onednn_verbose,v1,primitive,exec,cpu,reorder,simple:any,undef,src:f32::blocked:cdba::f0 dst:f32::blocked:Acdb32a::f0,,,32x1x7x7,3.5
onednn_verbose,v1,primitive,exec,cpu,convol`

it('reads primitives with and without their time, and passes everything else over', () => {
  expect(parseOneDnn(printed)).toEqual([
    {
      kind: 'convolution',
      implementation: 'brg_conv_fwd:avx2',
      propagation: 'forward_training',
      layouts: 'src:f32::blocked:acdb::f0 wei:f32:a:blocked:Acdb16a::f0',
      problem: shapes,
      milliseconds: 2.5,
      endMillis: 1795682696132.25,
    },
    {
      kind: 'reorder',
      implementation: 'simple:any',
      propagation: 'undef',
      layouts: 'src:f32::blocked:cdba::f0 dst:f32::blocked:Acdb32a::f0',
      problem: '32x1x7x7',
      milliseconds: 3.5,
    },
  ])
})

it('a node and its primitive have one key', () => {
  const row = { node: 'n', startMicros: 0, micros: 1, thread: 0, outputBytes: 0 }
  const [image, filter, maps] = [
    [2, 64, 64, 32],
    [3, 3, 32, 64],
    [2, 32, 32, 64],
  ] as const
  const [primitive] = parseOneDnn(convolution)
  expect(convolutionKey({ ...row, op: 'Conv2D', inputs: [image, filter], output: maps })).toBe(primitiveKey(primitive!))
  const back = primitiveKey({ ...primitive!, propagation: 'backward_data' })
  expect(convolutionKey({ ...row, op: 'Conv2DBackpropInput', inputs: [[4], filter, maps], output: image })).toBe(back)
  const weights = primitiveKey({ ...primitive!, propagation: 'backward_weights' })
  expect(convolutionKey({ ...row, op: 'Conv2DBackpropFilter', inputs: [image, [4], maps], output: filter })).toBe(
    weights,
  )
})

it('marks plain code', () => {
  expect(['ref:any', 'gemm:ref', 'ref_int8', 'jit:avx2', 'brg_conv_fwd:avx2', 'prefetch'].map(isReference)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
