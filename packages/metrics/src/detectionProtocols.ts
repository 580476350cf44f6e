/**
 * The protocols that a detector is scored by: Table 1 (G24) whole and at .4, .5, .6, Table 2 without false negatives
 * (G25), and Table 1 in the order of the popular public kernel, so that both readings of the metric stand side by side.
 */
import { rsnaProtocol, rsnaTable1, rsnaTable2, type RsnaProtocol } from './rsnaProtocol.ts'

export const detectionProtocols: readonly RsnaProtocol[] = [
  rsnaTable1,
  ...[0.4, 0.5, 0.6].map((t) => rsnaProtocol({ thresholds: [t] })),
  rsnaTable2,
  rsnaProtocol({ order: 'ground-truth-first' }),
]
