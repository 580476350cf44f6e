// The document around the sections. Its policy lets it fetch nothing and run nothing but the viewer's own script, should
// an escape ever be missed.
import { createHash } from 'node:crypto'
import { markup, trusted } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { Section } from '../sections/Section.ts'
import { script } from '../viewer/script.generated.ts'
import { viewerStyle } from '../viewer/style.ts'
import { contents } from './contents.ts'
import { style } from './style.ts'

/**
 * CSP level 3: pictures and styles come from the page itself, all else is refused. With films, one script may run, named
 * by its hash; where their pictures lie beside the page, pictures of the page's own place may load, from a file as well.
 */
const policy = (viewer: Page['viewer']): string => {
  const scripts = viewer ? ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';` : ''
  const pictures = viewer?.beside === true ? "data: 'self'" : 'data:'
  return `default-src 'none'; img-src ${pictures};${scripts} style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`
}

export interface Page {
  readonly title: string
  readonly opening: Markup
  readonly sections: ReadonlyArray<Section>
  /** there where the page shows films; `beside` where their pictures are files, `blocks` the data of the script */
  readonly viewer?: { readonly beside: boolean; readonly blocks: string } | undefined
}

export const page = ({ title, opening, sections, viewer }: Page): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy(viewer))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title} · Radiograft report</title>
<style>${trusted(style)}${viewer && trusted(viewerStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<div class="page">
${opening}${contents(sections)}<main id="main" tabindex="-1">
${sections.map(
  ({ id, title: heading, body }) => markup`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${body}</section>
`,
)}</main>
<footer>Made by Radiograft from the manifests and artefacts of one run. Not for clinical use.</footer>
</div>
`.text +
  // the blocks may be 14 MB: put in a template they would be copied once a level, which took a third of a second
  (viewer ? `${viewer.blocks}<script>${script}</script>\n` : '') +
  '</body>\n</html>\n'
