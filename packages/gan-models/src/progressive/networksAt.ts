// Both networks of a progressive GAN at any place of its growth, from the numbers that stay the same on the way.
import { progressiveChannels } from './progressiveChannels.ts'
import { progressiveCritic } from './progressiveCritic.ts'
import { progressiveGenerator } from './progressiveGenerator.ts'
import type { Growth } from './ProgressiveNetwork.ts'
import type { ProgressiveNetworks } from './progressiveState.ts'

export interface ProgressiveWidth {
  /** numbers in a latent */
  readonly latent: number
  /** cap of feature maps (`progressiveChannels`) */
  readonly largest: number
  /** films of which the critic takes the deviation together */
  readonly group: number
}

export const networksAt =
  ({ latent, largest, group }: ProgressiveWidth) =>
  ({ resolution, fading = false }: Growth): ProgressiveNetworks => {
    const channels = progressiveChannels(largest)
    return {
      generator: progressiveGenerator({ resolution, fading, latent, channels }),
      critic: progressiveCritic({ resolution, fading, channels, group }),
    }
  }
