// The stages of a run that looks like the first pipeline, with times, keys and outputs by formula.
import { createHash } from 'node:crypto'
import type { ReportStage } from '../ReportInput.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

type Wiring = readonly [label: string, from: string, outputs: string, seconds: number]

/** Label, inputs, outputs, seconds; inputs before users, as a run record lists them. */
const wiring: ReadonlyArray<Wiring> = [
  ['read', '', 'films cohort boxes labels twins masks', 21.4],
  ['split', 'read', 'split', 0.03],
  ['fit-aligner', 'read split', 'network provenance series', 64.2],
  ['align', 'read fit-aligner', 'films boxes transforms', 9.8],
  ['nearest-normal', 'align split', 'pairs provenance', 4.1],
  ['graft', 'align nearest-normal', 'films', 6.6],
  ['fit-realistic', 'align graft split', 'network provenance series', 131.5],
  ['pseudo-normal', 'graft fit-realistic', 'films', 11.2],
  ['fit-abnormal-to-normal', 'align pseudo-normal split', 'network provenance series', 140.9],
  ['generate', 'align fit-abnormal-to-normal', 'films', 12],
  ['residual', 'align fit-abnormal-to-normal', 'films', 13.3],
  ['fit-detector[attention=off]', 'align split', 'network provenance series', 96.4],
  ['fit-detector[attention=on]', 'align split residual', 'network provenance series', 109.7],
  ['detect[attention=off]', 'align split fit-detector[attention=off]', 'detections', 8.4],
  ['detect[attention=on]', 'align split fit-detector[attention=on] residual', 'detections', 9],
  ['restore[attention=off]', 'detect[attention=off] align', 'detections', 0.05],
  ['restore[attention=on]', 'detect[attention=on] align', 'detections', 0.05],
  ['box-prior', 'read split', 'detections provenance', 0.2],
  ['brightness', 'read split', 'detections', 1.1],
  ['evaluate[attention=off]', 'restore[attention=off] read split fit-detector[attention=off]', 'scores metrics', 3.3],
  ['evaluate[attention=on]', 'restore[attention=on] read split fit-detector[attention=on]', 'scores metrics', 3.4],
  ['evaluate-box-prior', 'box-prior read split', 'scores metrics', 3.1],
  ['evaluate-brightness', 'brightness read split', 'scores metrics', 3.2],
  ['align-twins', 'read align', 'films', 5.5],
  ['measure-pseudo-normal', 'align generate read split align-twins', 'metrics', 7.9],
  ['measure-agreement', 'read fit-aligner split', 'metrics', 5.2],
  [
    'compare-arms',
    'evaluate[attention=off] evaluate[attention=on] evaluate-box-prior evaluate-brightness',
    'metrics',
    12.6,
  ],
  ['draw-cohort', 'read split', 'figure table', 0.4],
  ['draw-alignment', 'read align split', 'figure', 0.9],
  ['draw-graft', 'align nearest-normal graft pseudo-normal align-twins', 'figure table', 1.2],
  ['draw-residual', 'align generate residual', 'figure', 1],
  ['draw-detections', 'read split restore[attention=off] restore[attention=on]', 'figure', 1.3],
  ['draw-metrics', 'compare-arms measure-agreement measure-pseudo-normal', 'figure', 0.1],
  ['judge-claims', 'compare-arms measure-agreement measure-pseudo-normal', 'table', 0.02],
]

const paramsOf = (label: string): ReportStage['params'] =>
  label.startsWith('fit-')
    ? [
        {
          name: 'steps',
          value: 700,
          set: 'pipeline',
          source: 'paper',
          isDefault: true,
          row: 'G17',
          doc: 'training steps',
        },
        {
          name: 'learningRate',
          value: 0.0002,
          set: 'default',
          source: 'paper',
          isDefault: true,
          row: 'G13',
          doc: 'of Adam',
        },
        { name: 'beta1', value: 0.5, set: 'default', source: 'authors-code', isDefault: true, row: '', doc: 'of Adam' },
        {
          name: 'flips',
          value: true,
          set: '--set',
          source: 'ours',
          isDefault: false,
          row: '',
          doc: 'flips films left to right',
        },
        {
          name: 'scales',
          value: [1, 1.26, 1.59],
          set: 'default',
          source: 'paper',
          isDefault: true,
          row: 'G18',
          doc: 'of anchors',
        },
      ]
    : []

export const exampleStages = (): ReadonlyArray<ReportStage> =>
  wiring.map(([label, from, outputs, seconds]) => ({
    label,
    stage: label.replace(/\[.*/, ''),
    doc: `What ${label.replace(/\[.*/, '').replaceAll('-', ' ')} makes of its inputs.`,
    rows: label.startsWith('fit-') ? ['G5', 'G9'] : [],
    key: digest(label),
    seconds,
    params: paramsOf(label),
    inputs: Object.fromEntries(
      (from === '' ? ['dataset:rsna'] : from.split(' ')).map((input, i) => [`port${i + 1}`, [input]]),
    ),
    outputs: Object.fromEntries(
      outputs.split(' ').map((kind, i) => [
        kind,
        {
          kind,
          rows: 800 - 37 * i,
          bytes: Math.round(13_107_200 / (1 + 40 * i)),
          digest: digest(`${label}/${kind}`),
        },
      ]),
    ),
  }))
