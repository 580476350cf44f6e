/**
 * @radiograft/figures: pictures as bytes. PNG films and contact sheets, SVG tables of films and plots that need nothing
 * beside themselves. For people of any colour vision, in light and dark pages, with words for those who do not see them.
 *
 * ```ts
 * import { detectionBox, filmStrip, groundTruthBox } from '@radiograft/figures'
 *
 * const film = { pixels: new Float32Array(64 * 64), height: 64, width: 64 }
 * const svg = filmStrip({
 *   title: 'One case',
 *   columns: [{ title: 'film' }],
 *   rows: [{ label: 'case 1', cells: [{ film, boxes: [groundTruthBox([10, 12, 30, 40]), detectionBox([11, 13, 33, 38], 0.87)] }] }],
 * })
 * ```
 */

// films
export { encodePng } from './png/encodePng.ts'
export { greySheet } from './png/greySheet.ts'
export type { FilmPicture } from './png/FilmPicture.ts'
export { filmStrip } from './films/filmStrip.ts'
export type { FilmCell, FilmStrip } from './films/filmStrip.ts'
export type { HeatMap } from './films/overlayHeat.ts'
export { detectionBox, groundTruthBox } from './films/OverlayBox.ts'
export type { OverlayBox } from './films/OverlayBox.ts'

// plots
export { forestPicture, forestPlot } from './plots/forestPlot.ts'
export type { ForestPlot, ForestRow } from './plots/forestPlot.ts'
export { histogram, histogramPicture } from './plots/histogram.ts'
export type { Histogram } from './plots/histogram.ts'
export { linePicture, linePlot } from './plots/linePlot.ts'
export type { LinePlot, LineSeries } from './plots/linePlot.ts'
export { panelPicture, panelPlot } from './plots/panelPlot.ts'
export type { Panel, PanelPlot, PanelPoint, PanelSeries } from './plots/panelPlot.ts'

// several in one
export { pictureGrid } from './svg/pictureGrid.ts'
export type { PictureGrid } from './svg/pictureGrid.ts'
export type { Picture } from './svg/Picture.ts'

// what all share
export { formatNumber } from './plots/scale.ts'
export { palette, seriesColours } from './svg/palette.ts'
export type { Colour } from './svg/palette.ts'
export { FigureError } from './FigureError.ts'
