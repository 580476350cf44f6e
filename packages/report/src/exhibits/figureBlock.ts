// One figure of a run: heading, picture, caption, row id. The picture stands in an `<img>` with a data URL: nothing is
// fetched, and a script inside an SVG cannot run there.
import type { Figure } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { exhibitNumber } from './exhibitNumber.ts'
import { pictureSize } from './pictureSize.ts'
import { pictureWords } from './pictureWords.ts'
import { rowTag } from './rowTag.ts'

const mediaTypes: ReadonlySet<string> = new Set(['image/png', 'image/svg+xml'])

/** Text in a plot stays readable down to this share of its size; below, the picture scrolls. */
const LEAST_SHARE = 0.62

/**
 * @param id anchor of the figure, ours
 * @param number such as `Figure 3`
 * @param numbers whose metrics measure what it shows
 */
export const figureBlock = (figure: Figure, id: string, number: string, numbers?: Markup): Markup => {
  const size = pictureSize(figure)
  const box = size
    ? markup` width="${size.width}" height="${size.height}" style="min-width:${Math.round(size.width * LEAST_SHARE)}px"`
    : undefined
  const picture = mediaTypes.has(figure.mediaType)
    ? markup`<div class="picture" tabindex="0" role="group" aria-label="${figure.title}, picture"><img src="data:${figure.mediaType};base64,${Buffer.from(figure.bytes).toString('base64')}" alt="${pictureWords(figure)}"${box}></div>`
    : markup`<p class="missing">A picture of type ${figure.mediaType}, which this page cannot show.</p>`
  return markup`<figure id="${id}">
<h3>${exhibitNumber(number)}${figure.title} ${rowTag(figure.row)}</h3>
${picture}
<figcaption><p>${figure.caption}</p>
${numbers}</figcaption>
</figure>
`
}
