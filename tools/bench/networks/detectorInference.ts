// Our side of the detector's inference rows: forward pass, decoding and non-maximum suppression, a batch of films a unit.
import { detector, detectorParams, detectorState, pyramidLevels, retinaNet } from '@radiograft/detectors'
import { parameterCount } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { serve } from '../side.ts'
import { detectorFilms, FILM_CLASSES } from './detectorFilms.ts'
import { formulaState } from './formulaState.ts'
import { runtimeVersions } from './runtimeVersions.ts'

/** Answers of a trained network's size: most anchors stay below the floor of the scores, boxes near their anchors. */
const PRIOR = -Math.log(0.99 / 0.01)
const SHARE = 0.02

await serve<{ readonly size: number; readonly batch: number; readonly channels: number }>(
  async ({ size, batch, channels, threads }) => {
    await loadRuntime({ threads })
    const network = retinaNet({ classes: FILM_CLASSES, headChannels: channels, dropout: 0 })
    const params = detectorParams(formulaState(detectorState(network.init(rng('weights'), [size, size, 1]))))
    const smaller = (name: string) => ({ [name]: tf.mul(params[name]!, SHARE) })
    const trained = {
      ...params,
      ...smaller('class.output.weight'),
      ...smaller('box.output.weight'),
      'class.output.bias': tf.fill([9], PRIOR),
    }
    const films = detectorFilms(size, batch)
    const reader = detector(network, {
      height: size,
      width: size,
      levels: pyramidLevels(),
      positiveClasses: [0],
      batch,
    })
    return {
      same: { parameters: parameterCount(params) },
      versions: runtimeVersions(),
      count: batch,
      unit: async () => {
        const found = (await reader.detect(trained, films)).flat()
        return { detections: found.length, scores: found.reduce((sum, { score }) => sum + score, 0) }
      },
    }
  },
)
