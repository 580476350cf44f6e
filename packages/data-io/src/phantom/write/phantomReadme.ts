/** README.txt of a written folder: that its films are synthetic, and all that is needed to make them again. */
import type { PhantomRecipe } from './phantomRecipe.ts'

export function phantomReadme(recipe: PhantomRecipe, patients: number): string {
  const { seed, films, size, bits, layout, encoding, monochrome1, delta, ...knobs } = recipe
  return [
    'Phantom chest films',
    '',
    'These films are phantoms: synthetic, computed from a seed by Radiograft, of no patient. They are for tests and trials of',
    'software. Nothing learned or measured on them is evidence about patients, and nothing here is for clinical use.',
    '',
    `layout: ${layout} (point --data at this folder)`,
    `films: ${films}, of ${patients} patient(s) who do not exist`,
    `seed: ${seed}`,
    `size: ${size} x ${size} pixels, ${bits} bits, ${encoding}${monochrome1 ? ', MONOCHROME1' : ''}`,
    `difficulty: ${delta}`,
    ...Object.entries(knobs).map(([name, value]) => `${name}: ${value}`),
    '',
    'The same seed, size, bits and knobs give the same films again, whatever their number.',
    '',
  ].join('\n')
}
