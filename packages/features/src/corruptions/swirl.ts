import type { GreyFilm } from './GreyFilm.ts'

/**
 * Anatomy out of place with every texture in it: pixels at distance ρ from the centre come from the angle φ + turn·e^(−ρ/R′),
 * R′ = ln 2·R/5, where R is half the film's shorter side; bilinear between pixels, the rim continued beyond the film.
 * scikit-image's `swirl` of that radius and strength (P2).
 * @param turn angle at the centre, radians
 */
export const swirl = ({ pixels, height, width }: GreyFilm, turn: number): Float32Array => {
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2]
  const reach = (Math.LN2 * Math.min(height, width)) / 2 / 5
  const out = new Float32Array(pixels.length)
  const at = (r: number, c: number): number =>
    pixels[Math.min(Math.max(r, 0), height - 1) * width + Math.min(Math.max(c, 0), width - 1)]!
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++) {
      const [dx, dy] = [c - cx, r - cy]
      const rho = Math.hypot(dx, dy)
      const phi = Math.atan2(dy, dx) + turn * Math.exp(-rho / reach)
      const [x, y] = [cx + rho * Math.cos(phi), cy + rho * Math.sin(phi)]
      const [x0, y0] = [Math.floor(x), Math.floor(y)]
      const [fx, fy] = [x - x0, y - y0]
      out[r * width + c] =
        (1 - fy) * ((1 - fx) * at(y0, x0) + fx * at(y0, x0 + 1)) +
        fy * ((1 - fx) * at(y0 + 1, x0) + fx * at(y0 + 1, x0 + 1))
    }
  return out
}
