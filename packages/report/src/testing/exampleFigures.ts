// Figures as the stages draw them, of films that are drawn here: two lungs, ribs, a lesion where one is asked for.
import { detectionBox, filmStrip, forestPlot, greySheet, groundTruthBox, linePlot } from '@radiograft/figures'
import type { FilmPicture } from '@radiograft/figures'
import type { ReportInput } from '../ReportInput.ts'

const SIDE = 64
// held here because Jest's sandbox makes every look-up of a global slow
const { exp, floor, sin } = Math

const bump = (r: number, c: number, at: readonly [number, number], radii: readonly [number, number]): number =>
  exp(-(((r - at[0]) / radii[0]) ** 2) - ((c - at[1]) / radii[1]) ** 2)

const film = (n: number, lesion = 0): FilmPicture => {
  const pixels = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [r, c] = [floor(i / SIDE), i % SIDE]
    const lungs = bump(r, c, [32, 19 + (n % 3)], [24, 11]) + bump(r, c, [33, 45], [23, 10 + (n % 2)])
    const ribs = 0.05 * sin(r / 2.2 + Math.abs(c - 32) / 9 + n)
    return 0.72 - 0.52 * lungs + ribs + lesion * bump(r, c, [38, 45], [7, 6])
  })
  return { pixels, height: SIDE, width: SIDE }
}

const svg = (text: string): Uint8Array => new TextEncoder().encode(text)

const box = [37, 29, 54, 47] as const

const shifted = (by: number): readonly [number, number, number, number] => [
  box[0] + by,
  box[1],
  box[2] + by,
  box[3] - by,
]

const curves = (title: string, names: ReadonlyArray<string>): string =>
  linePlot({
    title,
    xLabel: 'step',
    yLabel: 'loss',
    series: names.map((name, n) => ({
      name,
      points: Array.from({ length: 60 }, (_, i) => [i * 10, (1 + n / 3) * Math.exp(-i / 20) + 0.05 * Math.sin(i)]),
    })),
  })

/** Whose metrics say in numbers what a figure shows. */
const armsOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  forest: ['attention', 'box-prior', 'brightness', 'plain', 'attention − plain', 'plain − box-prior'],
  alignment: ['aligner'],
  residuals: ['generator'],
  detections: ['plain', 'attention'],
}

export const exampleFigures = (): ReportInput['figures'] => {
  const picture = { row: '', mediaType: 'image/svg+xml' as const }
  const cases = [0, 1, 2]
  const strip = (title: string, columns: ReadonlyArray<string>, heat = false): Uint8Array =>
    svg(
      filmStrip({
        title,
        columns: columns.map((name) => ({ title: name })),
        rows: cases.map((n) => ({
          label: `film ${n + 1}`,
          cells: columns.map((_, c) => ({
            film: film(n, c % 2 === 0 ? 0.3 : 0.05),
            boxes: c === 0 ? [groundTruthBox([...box])] : [],
            ...(heat && c === columns.length - 1 ? { heat: film(n, 0.3) } : {}),
          })),
        })),
      }),
    )
  const figures = [
    {
      name: 'cohort',
      figure: {
        title: 'Films of the cohort',
        caption: 'Twelve films of the test part, as read. Contrast is not stretched.',
        row: 'G1',
        mediaType: 'image/png',
        bytes: greySheet(
          Array.from({ length: 12 }, (_, n) => film(n, n % 3 === 0 ? 0.3 : 0)),
          6,
        ),
      },
    },
    {
      name: 'alignment',
      figure: {
        ...picture,
        title: 'Films before and after alignment',
        row: 'G5, G6',
        caption: 'Left the film as read, right in the common frame; below, the mean of all.',
        bytes: strip('Films before and after alignment', ['as read', 'aligned']),
      },
    },
    {
      name: 'grafts',
      figure: {
        ...picture,
        title: 'From lesion to normal lung',
        row: 'G7–G9',
        caption: 'Film with its box, donor, donor pasted, blended, made realistic, and the lesion-free twin.',
        bytes: strip('From lesion to normal lung', ['film', 'donor', 'pasted', 'blended', 'pseudo-normal', 'twin']),
      },
    },
    {
      name: 'residuals',
      figure: {
        ...picture,
        title: 'Residual of the generated normal',
        row: 'G10, G15',
        caption: 'The absolute difference between film and generated normal, as heat from 0 to 1.',
        bytes: strip('Residual of the generated normal', ['film', 'generated', 'residual'], true),
      },
    },
    {
      name: 'detections',
      figure: {
        ...picture,
        title: 'Detections on ground truth',
        row: 'G17',
        caption: 'Solid: ground truth. Dashed: detections above the threshold, with their scores.',
        bytes: svg(
          filmStrip({
            title: 'Detections on ground truth',
            columns: [{ title: 'plain' }, { title: 'attention' }],
            rows: cases.map((n) => ({
              label: `film ${n + 1}`,
              cells: [-4, 2].map((by) => ({
                film: film(n, 0.3),
                boxes: [groundTruthBox([...box]), detectionBox([...shifted(by)], 0.62 + by / 20)],
              })),
            })),
          }),
        ),
      },
    },
    ...['Aligner', 'Radio-realistic GAN', 'Detector'].map((title, i) => ({
      name: `curves-${i + 1}`,
      figure: {
        ...picture,
        title,
        row: '',
        caption: 'Loss over training steps; the mark is the step that was kept.',
        bytes: svg(curves(title, i === 2 ? ['plain', 'attention'] : ['train', 'validation'])),
      },
    })),
    {
      name: 'forest',
      figure: {
        ...picture,
        title: 'AP of all arms beside the paper',
        row: 'G24',
        caption: 'Dots are this run’s with 95 % intervals, diamonds the paper’s. Phantoms are not the paper’s films.',
        bytes: svg(
          forestPlot({
            title: 'AP of all arms beside the paper',
            valueLabel: 'ap-rsna-0.40:0.75 (95 % interval over patients)',
            rows: [
              { label: 'plain', value: 0.212, low: 0.171, high: 0.255, reference: 0.24 },
              { label: 'attention', value: 0.224, low: 0.18, high: 0.268, reference: 0.242, primary: true },
              { label: 'box prior', value: 0.031, low: 0.02, high: 0.044 },
            ],
          }),
        ),
      },
    },
  ] as const
  return figures.map((one) => ({ ...one, arms: armsOf[one.name] ?? [] }))
}
