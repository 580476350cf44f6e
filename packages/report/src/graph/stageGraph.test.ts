import { expect, test } from '@jest/globals'
import type { ReportStage } from '../ReportInput.ts'
import { stageGraph, withoutCell } from './stageGraph.ts'

const stage = (label: string, inputs: ReadonlyArray<string>, seconds = 1): ReportStage => ({
  label,
  stage: label,
  doc: '',
  rows: [],
  key: '',
  seconds,
  params: [],
  inputs: { in: inputs },
  outputs: {},
})

/** `from→to` by name. */
const arrows = (stages: ReadonlyArray<ReportStage>): ReadonlyArray<string> => {
  const { nodes, edges } = stageGraph(stages)
  return edges.map(([from, to]) => `${nodes[from]!.name}→${nodes[to]!.name}`)
}

test('a label without its cell', () => {
  expect(['fit', 'fit[fold=0,attention=on]', 'fit[fold=0]#2', 'fit#3', '[x]'].map(withoutCell)).toEqual([
    'fit',
    'fit',
    'fit',
    'fit',
    '[x]',
  ])
})

test('an arrow that follows from others is left out', () => {
  expect(arrows([stage('a', ['dataset:d']), stage('b', ['a']), stage('c', ['a', 'b', 'dataset:d'])])).toEqual([
    'd→a',
    'a→b',
    'b→c',
  ])
})

test('cells share a box, which adds their times', () => {
  const stages = [stage('a', []), stage('fit[x=0]', ['a'], 2), stage('fit[x=1]', ['a'], 3)]
  expect(stageGraph(stages).nodes).toEqual([
    { name: 'a', dataset: false, times: 1, seconds: 1, rows: [], role: '', stages: [{ cell: '', index: 0 }] },
    {
      name: 'fit',
      dataset: false,
      times: 2,
      seconds: 5,
      rows: [],
      role: '',
      stages: [
        { cell: 'x=0', index: 1 },
        { cell: 'x=1', index: 2 },
      ],
    },
  ])
  expect(arrows(stages)).toEqual(['a→fit'])
})

test('an input that one cell only reads stands above the box, though it came later', () => {
  const stages = [stage('fit[x=off]', []), stage('residual', []), stage('fit[x=on]', ['residual'])]
  expect(arrows(stages)).toEqual(['residual→fit'])
})

test('merged cells that feed one another both ways lose one arrow', () => {
  expect(arrows([stage('a[0]', []), stage('b[0]', ['a[0]']), stage('a[1]', ['b[0]'])])).toEqual(['b→a'])
})

test('an input that is not among the stages is left out', () => {
  expect(arrows([stage('a', ['gone'])])).toEqual([])
})
