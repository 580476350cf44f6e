// Metrics as the stages give them: arms, differences with what would be found, and single measurements.
import type { MetricRow } from '@radiograft/pipeline'

const protocols = ['ap-rsna-0.40', 'ap-rsna-0.40:0.60-noFN', 'ap-rsna-0.40:0.75', 'ap-rsna-0.50', 'false-alarm-rate']
const arms = ['attention', 'box-prior', 'brightness', 'plain']
const between = ['attention − plain', 'plain − box-prior']

const row = (arm: string, metric: string, value: number, half: number, n: number, unit = ''): MetricRow => ({
  arm,
  part: 'test',
  metric,
  value,
  low: value - half,
  high: value + half,
  n,
  unit,
})

export const exampleMetrics = (): ReadonlyArray<MetricRow> => [
  ...arms.flatMap((arm, a) =>
    protocols.map((metric, m) => row(arm, metric, (0.31 - 0.042 * m) / (1 + 1.7 * (a % 3)), 0.021 + 0.003 * a, 250)),
  ),
  ...between.flatMap((arm, b) =>
    protocols.flatMap((metric, m) => [
      row(arm, metric, 0.0123 + 0.09 * b - 0.004 * m, 0.0315, 250),
      row(arm, `${metric}-smallest-detectable`, 0.045 + 0.001 * m, NaN, 250),
    ]),
  ),
  row('aligner', 'corner-disagreement-before', 0.0871, NaN, 100, 'film widths'),
  row('aligner', 'corner-disagreement-left', 0.3127, 0.022, 100),
  row('aligner', 'determinant', 0.9871, NaN, 100),
  row('generator', 'identity-mae-normals', 0.01834, 0.0009, 82),
  row('generator', 'psnr-gain-over-copying', 1.204, 0.551, 76, 'dB'),
  row('generator', 'psnr-to-twin-in-boxes', 24.81, 0.72, 76, 'dB'),
  row('generator', 'psnr-to-twin-in-boxes-copying', 23.606, 0.81, 76, 'dB'),
  row('generator', 'residual-energy-ratio-lesion', 4.116, 0.93, 76),
]
