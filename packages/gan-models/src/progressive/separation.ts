// Whether a critic tells real films from generated ones. Used by the checks of a training.

/** Share of (real, generated) pairs in which the real film scores higher, ties a half: .5 is chance, 1 tells all apart. */
export const separation = (real: ArrayLike<number>, fake: ArrayLike<number>): number => {
  let sum = 0
  for (let r = 0; r < real.length; r++)
    for (let f = 0; f < fake.length; f++) sum += real[r]! > fake[f]! ? 1 : real[r]! === fake[f]! ? 0.5 : 0
  return sum / (real.length * fake.length)
}
