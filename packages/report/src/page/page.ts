// The document around the sections. Its policy lets it fetch nothing and run nothing, should an escape ever be missed.
import { markup, trusted } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { Section } from '../sections/Section.ts'
import { contents } from './contents.ts'
import { style } from './style.ts'

/** CSP level 3: pictures and styles come from the page itself, all else is refused. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

export interface Page {
  readonly title: string
  readonly opening: Markup
  readonly sections: ReadonlyArray<Section>
}

export const page = ({ title, opening, sections }: Page): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title} · Radiograft report</title>
<style>${trusted(style)}</style>
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
</body>
</html>
`.text
