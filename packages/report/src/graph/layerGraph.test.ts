import { expect, test } from '@jest/globals'
import { exampleStages } from '../testing/exampleStages.ts'
import { layerGraph } from './layerGraph.ts'
import { stageGraph } from './stageGraph.ts'

const node = (name: string) => ({ name, dataset: false, times: 1, seconds: 0 })

test('a diamond, by hand', () => {
  const graph = {
    nodes: ['top', 'left', 'right', 'foot'].map(node),
    edges: [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ] as const,
  }
  const { places, layers, width } = layerGraph(graph, [40, 40, 40, 40])
  expect(layers).toBe(3)
  expect(places.map(({ layer }) => layer)).toEqual([0, 1, 1, 2])
  // two boxes of 40 with a gap of 18; what joins them is in their middle
  expect(width).toBe(98)
  expect(places.map(({ x }) => x)).toEqual([49, 20, 78, 49])
})

test('a long arrow bends once in each layer that it passes, and arrows of one box share bends', () => {
  const graph = {
    nodes: ['a', 'b', 'c', 'd', 'e'].map(node),
    edges: [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
      [0, 4],
      [2, 4],
    ] as const,
  }
  const { places, arrows } = layerGraph(graph, [40, 40, 40, 40, 40])
  expect(arrows[3]).toHaveLength(4)
  expect(arrows[3]!.slice(0, 3)).toEqual(arrows[4]!.slice(0, 3))
  const [, first, second] = arrows[3]!
  expect(places[first!]).toMatchObject({ node: undefined, layer: 1 })
  expect(places[second!]!.x).toBe(places[first!]!.x)
})

test('boxes of a real pipeline never touch, arrows go down, all is inside', () => {
  const graph = stageGraph(exampleStages())
  const widths = graph.nodes.map(({ name }) => 20 + 7 * name.length)
  const { places, arrows, width, layers } = layerGraph(graph, widths)
  for (let layer = 0; layer < layers; layer++) {
    const row = places.filter((place) => place.layer === layer).toSorted((a, b) => a.x - b.x)
    for (let i = 1; i < row.length; i++) {
      const free = row[i]!.x - row[i - 1]!.x - (row[i]!.width + row[i - 1]!.width) / 2
      expect(free).toBeGreaterThan(0)
    }
  }
  for (const way of arrows)
    expect(way.map((i) => places[i]!.layer)).toEqual(way.map((_, i) => places[way[0]!]!.layer + i))
  for (const place of places) {
    expect(place.x - place.width / 2).toBeGreaterThanOrEqual(0)
    expect(place.x + place.width / 2).toBeLessThanOrEqual(width)
  }
})

test('nothing', () => {
  expect(layerGraph({ nodes: [], edges: [] }, [])).toEqual({ places: [], arrows: [], layers: 0, width: 0 })
})
