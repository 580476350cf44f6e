// Feature pyramid network (Lin et al. 2017) with RetinaNet's two extra levels, as torchvision's FeaturePyramidNetwork and
// LastLevelP6P7. Not a `Network`: it takes feature maps. Used by the detectors between backbone and heads.
import { conv2d, heUniform, scope, unscope, zeros } from '@radiograft/nn'
import type { Applied, ApplyContext, Layer, Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import { boxUpsample, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Features } from './Features.ts'

export type FeaturePyramidOptions = {
  /** Channels of the maps that go in, by level: `{ c3: 128, c4: 256, c5: 512 }`; with `c2` there will be a `p2` (G17-3). */
  readonly inC: Readonly<Record<string, number>>
  /** Channels of every map that comes out: 256 in the paper, 64 in small presets. */
  readonly outC: number
  /** `p6` and `p7` by strided convolutions from the last backbone map. @default true */
  readonly extraLevels?: boolean
}

/** A pyramid: the contract of a network with feature maps as input. */
export interface FeaturePyramid {
  init(rng: Rng): Params
  /** @param features at least the levels of `inC`; each half the size of the one before, rounded up */
  apply(params: Params, features: Features, ctx: ApplyContext): Applied<Features>
  /** Names of the maps that come out, finest first. */
  readonly levels: readonly string[]
}

/** Each pixel twice along both axes, cut to the finer map: torch's mode 'nearest' where that map is twice the size or one less. */
const upsampleTo = (coarse: Tensor, fine: Tensor): Tensor => {
  const double = boxUpsample(coarse, 2)
  const same = double.shape[1] === fine.shape[1] && double.shape[2] === fine.shape[2]
  return same ? double : tf.slice(double, [0, 0, 0, 0], [-1, fine.shape[1]!, fine.shape[2]!, -1])
}

/**
 * `c3, c4, c5` → `p3 … p7`, all with `outC` channels. Parameters: `inner_blocks.i.0`, `layer_blocks.i.0` (i = 0 is the
 * finest level), `extra_blocks.p6`, `extra_blocks.p7`, each `weight` and `bias`.
 */
export const featurePyramid = ({ inC, outC, extraLevels = true }: FeaturePyramidOptions): FeaturePyramid => {
  const inputs = Object.keys(inC).toSorted()
  const last = inputs.at(-1)!
  // torchvision: kaiming_uniform with a = 1, biases zero
  const conv = (from: number, kernel: number, stride = 1): Layer => {
    const inits = { weightInit: heUniform(1), biasInit: zeros }
    return conv2d({ inC: from, outC, kernel, stride, padding: (kernel - 1) / 2, ...inits })
  }
  const convs: Record<string, Layer> = {}
  inputs.forEach((level, i) => {
    convs[`inner_blocks.${i}.0`] = conv(inC[level]!, 1)
    convs[`layer_blocks.${i}.0`] = conv(outC, 3)
  })
  if (extraLevels) {
    convs['extra_blocks.p6'] = conv(inC[last]!, 3, 2)
    convs['extra_blocks.p7'] = conv(outC, 3, 2)
  }
  const levels = [...inputs.map((level) => level.replace('c', 'p')), ...(extraLevels ? ['p6', 'p7'] : [])]

  return {
    levels,
    init: (rng) =>
      Object.assign(
        {},
        ...Object.entries(convs).map(([name, c]) => unscope(c.init(rng.fork(name), []), name)),
      ) as Params,
    apply: (params, features, ctx) => {
      const run = (name: string, x: Tensor): Tensor => {
        const path = ctx.path ? `${ctx.path}.${name}` : name
        return withOpScope(name, () => convs[name]!.apply(scope(params, name), x, { ...ctx, path }).y)
      }
      const maps: Record<string, Tensor> = {}
      let top: Tensor | undefined
      for (let i = inputs.length - 1; i >= 0; i--) {
        const lateral = run(`inner_blocks.${i}.0`, features[inputs[i]!]!)
        top = top ? tf.add(lateral, upsampleTo(top, lateral)) : lateral
        maps[levels[i]!] = run(`layer_blocks.${i}.0`, top)
      }
      if (extraLevels) {
        maps['p6'] = run('extra_blocks.p6', features[last]!)
        maps['p7'] = run('extra_blocks.p7', tf.relu(maps['p6']))
      }
      return { y: Object.fromEntries(levels.map((level) => [level, maps[level]!])), updates: {} }
    },
  }
}
