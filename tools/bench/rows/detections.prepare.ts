// Detections and truth of a cohort such as RSNA's for the rows of metrics: 22 % of films have one to three boxes, eight in ten
// of these are found a little beside, false alarms are common and weak, scores of two decimals have ties, half of the films
// are empty and silent. Written as flat arrays: [film, x0, y0, x1, y1, score] a detection, [film, x0, y0, x1, y1] a box.
import { rng } from '@radiograft/random'
import { writeRaw } from './rawFile.ts'
import { settingsOf } from './settingsOf.ts'

const { scratch, films } = settingsOf('films')
const draw = rng('detections')
const [detections, truth]: [number[], number[]] = [[], []]
const between = (low: number, high: number): number => low + (high - low) * draw.uniform()
for (let film = 0; film < films; film++) {
  const boxes = draw.uniform() < 0.22 ? 1 + Number(draw.uniform() < 0.55) + Number(draw.uniform() < 0.05) : 0
  for (let b = 0; b < boxes; b++) {
    const [x, y, w, h] = [between(100, 700), between(100, 600), between(100, 300), between(120, 420)].map(Math.round)
    truth.push(film, x!, y!, x! + w!, y! + h!)
    const beside = (length: number): number => 0.25 * length * (draw.uniform() - 0.5)
    if (draw.uniform() < 0.8) {
      const score = Math.round(100 * between(0.3, 1)) / 100
      detections.push(film, x! + beside(w!), y! + beside(h!), x! + w! + beside(w!), y! + h! + beside(h!), score)
    }
  }
  const alarms = Math.floor(6 * draw.uniform() ** 2)
  for (let a = 0; a < alarms; a++) {
    const [x, y] = [between(0, 900), between(0, 900)]
    detections.push(film, x, y, x + between(50, 300), y + between(50, 350), Math.round(70 * draw.uniform()) / 100)
  }
}
writeRaw(scratch, 'detections.f64', Float64Array.from(detections))
writeRaw(scratch, 'truth.f64', Float64Array.from(truth))
