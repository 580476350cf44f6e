// Entry of `fit-aligner`.
import { resizeArea } from '@radiograft/geometry'
import { toNetworkTensors } from '@radiograft/nn'
import { filmsOf, seenByBoth, trainedOn, trainingCourse } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import type { AlignerConfig } from '../alignerConfig.ts'
import { AlignError } from '../AlignError.ts'
import { chooseReference } from '../chooseReference.ts'
import { unsoundDeterminant } from '../unsoundDeterminant.ts'
import type { fitAligner } from './fitAligner.ts'
import { checkInitialAligner } from './initialAligner.ts'
import { trainAligner } from './trainAligner.ts'

/** Films read at once while the reference is chosen. */
const CHUNK = 64

export const run: RunOf<typeof fitAligner> = async ({ params, inputs, ctx }) => {
  const { films, cohort, split } = inputs
  const { size, steps } = params
  checkInitialAligner(inputs, size)
  const ids = filmsOf(split, 'train')
  if (ids.length === 0) throw new AlignError('fit-aligner', 'the training part of the split has no film')
  const tf = await loadRuntime({ threads: ctx.threads })
  const read = async (chosen: ReadonlyArray<string>): Promise<Float32Array[]> => {
    const rows = await films.rows(chosen.map((id) => films.indexOf(id)))
    return rows.map((film) => resizeArea(film, films.height, films.width, size, size))
  }
  const pass = async function* (): AsyncGenerator<Float32Array> {
    for (let start = 0; start < ids.length; start += CHUNK) {
      ctx.signal.throwIfAborted()
      yield* await read(ids.slice(start, start + CHUNK))
    }
  }
  const reference = ids[await chooseReference(pass)]!
  ctx.log(`${ids.length} training films; reference ${reference}, the one nearest their mean`)
  const config: AlignerConfig = { architecture: 'stn-resnet18', size, reference }

  const [fixed] = await read([reference])
  const { params: weights, series } = await trainAligner(ids, read, fixed!, {
    seed: ctx.seed,
    compile: { precision: ctx.precision, cache: ctx.graphs },
    size,
    steps,
    batch: params.batch,
    learningRate: params.learningRate,
    warp: params.warp,
    init: inputs.init?.tensors,
    course: trainingCourse(ctx, { steps, product: 'aligner' }),
  })
  const warning = unsoundDeterminant(series.findLast(({ name }) => name === 'determinant')!.value)
  if (warning) ctx.warn(warning)
  const tensors = await toNetworkTensors(weights)
  tf.dispose(weights)
  return {
    aligner: { config: { ...config }, tensors },
    curves: series,
    provenance: seenByBoth(trainedOn('aligner', ids, cohort), inputs.initProvenance),
  }
}
