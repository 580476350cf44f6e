// Entry of `fit-classifier`.
import { resizeArea } from '@radiograft/geometry'
import { toNetworkTensors } from '@radiograft/nn'
import { provenanceOf, trainingCourse } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { augmentation } from '../augmentFilm.ts'
import type { ClassifierConfig } from '../classifierConfig.ts'
import { examples } from './examples.ts'
import type { fitClassifier } from './fitClassifier.ts'
import { trainClassifier } from './trainClassifier.ts'

export const run: RunOf<typeof fitClassifier> = async ({ params, inputs, ctx }) => {
  const { task, size, width, dropout, steps, batch, learningRate, weightDecay, checks } = params
  const { films, cohort } = inputs
  const { classes, training, validation, silent } = examples(inputs, params)
  ctx.log(`${training.length} training and ${validation.length} validation films; ${task} ${classes.join(', ')}`)
  if (silent > 0) ctx.log(`${silent} films say nothing of these ${task} and are left out`)
  if (validation.length === 0)
    ctx.warn('the validation part has no film: the classifier of the last step is taken, unchecked')

  const tf = await loadRuntime({ threads: ctx.threads })
  const config: ClassifierConfig = { architecture: 'small-cnn', task, size, classes, width, dropout }
  const read = async (ids: ReadonlyArray<string>): Promise<Float32Array[]> => {
    const rows = await films.rows(ids.map((id) => films.indexOf(id)))
    return rows.map((film) => resizeArea(film, films.height, films.width, size, size))
  }
  const {
    params: weights,
    step,
    series,
  } = await trainClassifier({ training, validation }, read, config, {
    seed: ctx.seed,
    compile: { precision: ctx.precision, cache: ctx.graphs },
    steps,
    batch,
    learningRate,
    weightDecay,
    augment: augmentation(params.augmentation),
    checks,
    course: trainingCourse(ctx, { steps, product: 'classifier' }),
  })
  const said = series.filter((row) => row.step === step && /^validation\.(recall|auc)/.test(row.name))
  if (validation.length > 0)
    ctx.log(
      `lowest validation loss after step ${step} of ${steps}: ${said.map(({ name, value }) => `${name.replace('validation.', '')} ${value.toFixed(3)}`).join(', ')}`,
    )
  const tensors = await toNetworkTensors(weights)
  tf.dispose(weights)
  const patientOf = new Map(cohort.map(({ film, patient }) => [film, patient]))
  const seen = (of: typeof training, role: 'training' | 'tuning') =>
    of.map(({ film }) => ({ film, patient: patientOf.get(film) ?? film, role }))
  return {
    classifier: { config: { ...config }, tensors },
    curves: series,
    provenance: provenanceOf('classifier', [...seen(training, 'training'), ...seen(validation, 'tuning')]),
  }
}
