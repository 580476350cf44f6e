// What a picture says of itself in words, for readers who do not see it: the `<desc>` of an SVG, which a browser does not
// read out when the picture stands in an `<img>`.
import type { Figure } from '@radiograft/pipeline'

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", amp: '&' }
const MOST = 600

/** Title, then the description where there is one; plain text, not yet escaped. */
export const pictureWords = (figure: Figure): string => {
  if (figure.mediaType !== 'image/svg+xml') return figure.title
  const [, described = ''] = /<desc>([^<]*)<\/desc>/.exec(Buffer.from(figure.bytes).toString('utf8')) ?? []
  const words = described
    .replaceAll(/&(lt|gt|quot|#39|apos|amp);/g, (_, name: string) => entities[name]!)
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (words === '' || words === figure.title) return figure.title
  return `${figure.title}. ${words.length > MOST ? `${words.slice(0, MOST)}…` : words}`
}
