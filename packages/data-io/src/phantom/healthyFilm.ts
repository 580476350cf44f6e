/**
 * A film without its findings on a grid, up to where a film and its twin part: anatomy, attenuation, marker, calibration.
 * On the 256² grid it is what findings are judged against. Used by `renderScene.ts` and `settleLasting.ts`.
 */
import { buildAnatomy, type Anatomy } from './anatomy.ts'
import { JUDGE_GRID } from './boxFromMask.ts'
import { Canvas } from './canvas.ts'
import { compose } from './compose.ts'
import type { Film } from './film.ts'
import { calibrate, detectorOf, type Calibration } from './imaging/detector.ts'
import { markers } from './imaging/glyphs.ts'
import type { Patient } from './patient.ts'
import type { Judge } from './settleFinding.ts'
import type { VesselPiece } from './vesselTree.ts'

export interface HealthyFilm {
  readonly anatomy: Anatomy
  /** Attenuation. */
  readonly healthy: Float64Array
  readonly marker: Float64Array
  readonly calibration: Calibration
}

export function healthyFilm(patient: Patient, film: Film, tree: readonly VesselPiece[], grid: number): HealthyFilm {
  const anatomy = buildAnatomy(new Canvas(film, grid), patient, tree)
  const healthy = compose(anatomy)
  return { anatomy, healthy, marker: markers(film, grid), calibration: calibrate(film, healthy, grid) }
}

/** The healthy film of the judging grid, ready to judge findings. */
export function judgeOf(film: Film, judged: HealthyFilm): Judge {
  return { ...judged, detector: detectorOf(film, judged.calibration, JUDGE_GRID) }
}
