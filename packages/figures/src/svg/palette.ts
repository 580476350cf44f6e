// Colours that people with any kind of colour vision tell apart: Okabe and Ito, "Color universal design" (2008).
// Plots also differ by dash and marker, boxes by dash, so that nothing rests on colour alone.

/** The eight colours of Okabe and Ito. */
export const palette = {
  black: '#000000',
  orange: '#e69f00',
  sky: '#56b4e9',
  green: '#009e73',
  yellow: '#f0e442',
  blue: '#0072b2',
  vermillion: '#d55e00',
  purple: '#cc79a7',
} as const

/** The name of a colour in the palette. */
export type Colour = keyof typeof palette

/** The order in which series take colours: those that stand out on white first; yellow is for dark films only. */
export const seriesColours: ReadonlyArray<Colour> = ['blue', 'vermillion', 'green', 'purple', 'orange', 'sky', 'black']

/** Ink of text, of axes and of grid lines on the white panel. */
export const ink = { text: '#1a1a1a', faint: '#595959', axis: '#666666', grid: '#e3e3e3', panel: '#ffffff' } as const

// Seven stops of a map from black over red to pale yellow that rises evenly in lightness (after matplotlib's inferno).
const HEAT = [
  [0, 0, 4],
  [51, 9, 94],
  [121, 28, 109],
  [187, 55, 84],
  [237, 105, 37],
  [252, 180, 26],
  [252, 255, 164],
] as const

/** The colour of a heat value in [0, 1]: red, green and blue in 0 to 255. */
export const heatColour = (value: number): readonly [red: number, green: number, blue: number] => {
  const at = Math.min(Math.max(value, 0), 1) * (HEAT.length - 1)
  const low = Math.min(Math.floor(at), HEAT.length - 2)
  const mix = (channel: 0 | 1 | 2): number =>
    HEAT[low]![channel] + (at - low) * (HEAT[low + 1]![channel] - HEAT[low]![channel])
  return [mix(0), mix(1), mix(2)]
}
