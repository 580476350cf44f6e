// The colours of the page, light and dark. Text on its ground has a contrast of at least 4.5 (WCAG 2.2, 1.4.3), marks of
// at least 3 (1.4.11); a test computes it. Verdicts differ by sign and word too, so nothing rests on colour alone.

export interface Colours {
  /** ground of the page, and of panels on it */
  readonly ground: string
  readonly panel: string
  /** text, and text that steps back */
  readonly ink: string
  readonly faint: string
  readonly line: string
  readonly link: string
  /** marks in plots and time bars */
  readonly mark: string
  readonly holds: string
  readonly fails: string
  readonly unsure: string
}

export const light: Colours = {
  ground: '#ffffff',
  panel: '#f4f6f8',
  ink: '#1b1f24',
  faint: '#57606a',
  line: '#d0d7de',
  link: '#0a58a8',
  mark: '#0072b2',
  holds: '#00694d',
  fails: '#a33c00',
  unsure: '#6b5300',
}

export const dark: Colours = {
  ground: '#14171b',
  panel: '#1d2228',
  ink: '#e6eaef',
  faint: '#a3adb8',
  line: '#3a424c',
  link: '#79b8ff',
  mark: '#56b4e9',
  holds: '#4fd1a5',
  fails: '#ff9d6c',
  unsure: '#e5c558',
}

/** Custom properties of a style sheet: `--ground:#ffffff;…`. */
export const colourProperties = (colours: Colours): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join('')
