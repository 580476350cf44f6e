// Our side of the detector's training rows: targets, tensors and the step, as the fit loop does them. No augmentation: the
// peer has none.
import { anchors, assignTargets, detectorState, detectorStep, retinaNet } from '@radiograft/detectors'
import { adamKnobs, parameterCount, scope } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { serve } from '../side.ts'
import { detectorFilms, FILM_CLASSES } from './detectorFilms.ts'
import { formulaState } from './formulaState.ts'
import { repeatedStep } from './repeatedStep.ts'
import { runtimeVersions } from './runtimeVersions.ts'

await serve<{ readonly size: number; readonly batch: number; readonly channels: number }>(
  async ({ size, batch, channels, threads }) => {
    await loadRuntime({ threads })
    const network = retinaNet({ classes: FILM_CLASSES, headChannels: channels, dropout: 0 })
    const state = formulaState(detectorState(network.init(rng('weights'), [size, size, 1])))
    const films = detectorFilms(size, batch)
    const grid = anchors(size, size)
    const count = grid.length / 4

    const assemble = () => {
      const pixels = new Float32Array(batch * size * size)
      const labels = new Float32Array(batch * count)
      const deltas = new Float32Array(batch * count * 4)
      films.forEach((film, i) => {
        pixels.set(
          film.pixels.map((value) => 2 * value - 1),
          i * size * size,
        )
        const targets = assignTargets(grid, film.boxes)
        labels.set(targets.labels, i * count)
        deltas.set(targets.deltas, i * count * 4)
      })
      const classes = Float32Array.from({ length: batch * FILM_CLASSES }, (_, k) =>
        films[Math.floor(k / FILM_CLASSES)]!.class === k % FILM_CLASSES ? 1 : 0,
      )
      return {
        films: tf.tensor4d(pixels, [batch, size, size, 1]),
        labels: tf.tensor2d(labels, [batch, count]),
        deltas: tf.tensor3d(deltas, [batch, count, 4]),
        classes: tf.tensor2d(classes, [batch, FILM_CLASSES]),
      }
    }
    const step = compileStep(detectorStep(network, { seed: 0, normaliser: 'film' }))
    return {
      same: { parameters: parameterCount(scope(state, 'net')), anchors: count },
      versions: runtimeVersions(),
      unit: repeatedStep(step, state, assemble, (i) => adamKnobs(i, 1e-4)),
    }
  },
)
