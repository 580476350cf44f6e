import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { cycleGanGenerator } from '../networks/cycleGanGenerator.ts'
import { patchGan } from '../networks/patchGan.ts'
import { pairedTranslationKnobs, pairedTranslationState, pairedTranslationStep } from './pairedTranslation.ts'

const folder = mkdtempSync(join(tmpdir(), 'radiograft-gan-graph-'))
beforeAll(() => loadRuntime({ threads: 2 }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the graph of the default GAN is small, and its ops are called as the layers', () => {
  const networks = {
    generator: cycleGanGenerator({ filters: 32, blocks: 6, skip: true }),
    discriminator: patchGan({ filters: 32 }),
  }
  const step = pairedTranslationStep({ ...networks, ganLoss: 'printed', l1Weight: 1, identityWeight: 1 })
  const run = compileStep(step, { cache: { folder, key: 'default' } })
  const films = [1, 2, 3].map((k) => tf.fill([8, 64, 64, 1], k / 4))
  const [input, target, real] = films as [tf.Tensor, tf.Tensor, tf.Tensor]
  const state = pairedTranslationState(networks, rng('weights'), [64, 64, 1])
  tf.dispose(run(state, { input, target, real }, pairedTranslationKnobs(1, 2e-4)).state)
  run.dispose()
  tf.dispose([state, films])
  const [name] = readdirSync(folder)
  const file = readFileSync(join(folder, name!))
  // 142 kB; its 11 million parameters with their moments, the films and every large constant are elsewhere.
  expect(file.length).toBeLessThan(300_000)
  const text = file.toString('latin1')
  for (const layer of ['blocks.3/conv1', 'blocks.3/norm1', 'down1', 'head', 'c4', 'logits']) {
    expect([layer, text.includes(`${layer}/n`), text.includes(`${layer}/grad/n`)]).toEqual([layer, true, true])
  }
})
