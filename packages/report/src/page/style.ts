// The style sheet, inline: one column of text with the table of contents beside it where there is room, above it where
// not. No fonts and no pictures of its own.
import { cardStyle } from './cardStyle.ts'
import { colourProperties, dark, light } from './colours.ts'

export const style = `
:root { color-scheme: light dark; ${colourProperties(light)} }
@media (prefers-color-scheme: dark) { :root { ${colourProperties(dark)} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; top: 0; padding: .6rem 1rem; background: var(--ground); z-index: 1; }
.skip:focus { left: 0; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }

.page { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
.opening { padding: 2rem 0 .5rem; max-width: 52rem; }
.kicker { margin: 0; color: var(--faint); font-size: .85rem; letter-spacing: .06em; text-transform: uppercase; }
h1 { margin: .1em 0 .2em; font-size: clamp(1.9rem, 5vw, 2.7rem); line-height: 1.15; }
h2 { margin: 3rem 0 1rem; padding-top: .8rem; border-top: 2px solid var(--line); font-size: 1.5rem; line-height: 1.25; }
h3 { margin: 2rem 0 .5rem; font-size: 1.12rem; line-height: 1.35; }
h4 { margin: 0; font-size: 1rem; line-height: 1.4; }
.lead { margin: 0 0 1rem; font-size: 1.2rem; }
.note, .missing { color: var(--faint); font-size: .92rem; }
section > .note, .exhibit > .note { margin: .4rem 0; max-width: 52rem; }
.rows { display: inline-block; padding: 0 .45em; border: 1px solid var(--line); border-radius: 1em; color: var(--faint); font-size: .75rem; font-weight: 400; line-height: 1.5; vertical-align: .1em; }
.unit { color: var(--faint); font-weight: 400; }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .6rem 1.5rem; margin: 1rem 0; padding: .8rem 1rem; background: var(--panel); border-radius: 8px; }
dt { color: var(--faint); font-size: .85rem; }
dd { margin: 0; }
.glossary dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: .5rem 1.5rem; margin: .5rem 0; }
.glossary dt { color: var(--ink); font-weight: 600; }
.glossary dd { font-size: .92rem; }

.contents { font-size: .92rem; }
.contents h2 { margin: 0 0 .4rem; padding: 0; border: 0; font-size: .85rem; color: var(--faint); letter-spacing: .06em; text-transform: uppercase; }
.contents ol { list-style: none; margin: 0; padding: 0; }
.contents li { margin: .3rem 0; line-height: 1.35; }
.contents ol ol { display: none; padding-left: .9rem; border-left: 1px solid var(--line); font-size: .9em; }
.contents a { text-decoration: none; }
.contents a:hover { text-decoration: underline; }
@media (max-width: 69.99rem) {
  .contents { margin: 1.2rem 0; padding: .8rem 1rem; background: var(--panel); border-radius: 8px; }
  .contents > ol { columns: 17rem; }
}
@media (min-width: 70rem) {
  .page { display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 2.5rem; }
  .page > .opening, .page > footer { grid-column: 2; }
  .contents { grid-column: 1; grid-row: 1 / span 3; align-self: start; position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 2.2rem .3rem 1.5rem 0; }
  .contents ol ol { display: block; }
  main { grid-column: 2; }
}

.verdict { margin: 0; font-weight: 600; }
.verdict.holds { color: var(--holds); }
.verdict.fails { color: var(--fails); }
.verdict.unsure { color: var(--unsure); }
.verdict.untested { color: var(--faint); }
.tally { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 0; padding: 0; list-style: none; font-size: 1.15rem; }
.claims { display: grid; gap: 1rem; margin: 0; padding: 0; list-style: none; }
.claim { padding: .9rem 1.1rem; background: var(--panel); border-radius: 8px; }
.claim .verdict { margin: .2rem 0 .6rem; }
.claim dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: .6rem 1.5rem; margin: 0; }
.claim dt::first-letter { text-transform: uppercase; }
.claim .flag { grid-column: 1 / -1; padding-left: .7rem; border-left: 3px solid var(--unsure); font-size: .92rem; }

.picture, .scroller { overflow-x: auto; }
.picture img { display: block; max-width: 100%; height: auto; border-radius: 6px; background: #fff; }
figure { margin: 0 0 2.4rem; }
figcaption { margin-top: .5rem; max-width: 52rem; font-size: .95rem; }
@media (prefers-color-scheme: dark) { .picture img { filter: brightness(.9); } }

.scroller { background: linear-gradient(90deg, var(--ground) 30%, transparent) 0 0 / 3rem 100% local, linear-gradient(270deg, var(--ground) 30%, transparent) 100% 0 / 3rem 100% local, linear-gradient(90deg, var(--line), transparent) 0 0 / .7rem 100%, linear-gradient(270deg, var(--line), transparent) 100% 0 / .7rem 100%; background-repeat: no-repeat; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; }
th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal; }
th { font-weight: 600; }
tbody th { font-weight: 500; }
thead th { color: var(--faint); font-size: .82rem; font-weight: 500; vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
.interval { color: var(--faint); }
td .caveat { display: block; min-width: 5.2rem; max-width: 10rem; margin-left: auto; white-space: normal; }
.caveat { color: var(--unsure); font-size: .85rem; }
abbr { text-decoration: underline dotted; }
.set-by { white-space: nowrap; }
.changed .set-by { color: var(--unsure); font-weight: 600; }

.metrics table { width: 100%; max-width: 54rem; }
.metrics tbody th { min-width: 9rem; }
.metrics .by-arm { max-width: none; }
.metrics .by-arm tbody th { min-width: 15rem; }
.metrics .number { width: 1%; padding-left: .5rem; }
.metrics .part { width: 1%; padding-left: .5rem; }
.metrics .group th, .metrics .group td { padding-top: 1rem; }
.metrics .group th { font-weight: 600; }
.metrics tbody tr:not(.group) th { padding-left: .9rem; }
.meaning { display: block; color: var(--faint); font-size: .85rem; font-weight: 400; max-width: 44rem; }
.drawn { width: 1%; min-width: 11rem; padding-left: .8rem; white-space: nowrap; }
.ends { color: var(--faint); font-size: .75rem; vertical-align: bottom; }
.ends span { display: inline-block; width: 75px; }
.ends span + span { text-align: right; }
.bar { display: block; margin-top: .1rem; }
.bar .zero { stroke: var(--faint); stroke-dasharray: 2 2; }
.bar .range { stroke: var(--mark); stroke-width: 2; fill: none; }
.bar .value { fill: var(--mark); }

.graph { display: block; max-width: 100%; height: auto; margin: 0 auto; font-size: 12px; }
.graph text { text-anchor: middle; fill: var(--ink); }
.graph .small { fill: var(--faint); font-size: 10.5px; }
.graph rect { fill: var(--panel); stroke: var(--line); stroke-width: 1.5; }
.graph .dataset rect { stroke: var(--mark); }
.graph .arrow { fill: none; stroke: var(--faint); stroke-width: 1.2; }
.graph marker path { fill: var(--faint); }

.stages td, .stages th { min-width: 6rem; }
.time { display: block; height: 3px; margin-top: .25rem; background: var(--line); }
.time span { display: block; height: 3px; background: var(--mark); }
.outputs { margin: 0; padding: 0; list-style: none; }
.outputs b { font-weight: 600; }
.not-built { padding-left: 0; list-style: none; }
.not-built li { margin: .3rem 0; }
.attribution { max-width: 52rem; }
details { margin: .4rem 0; border-bottom: 1px solid var(--line); padding-bottom: .4rem; }
summary { cursor: pointer; font-weight: 500; }
:target { background: var(--panel); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--line); color: var(--faint); font-size: .9rem; }

${cardStyle}
@media print {
  :root { color-scheme: light; ${colourProperties(light)} }
  body { font-size: 10.5pt; }
  .page { display: block; max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  .picture, .scroller { overflow: visible; }
  .picture img, .graph { min-width: 0 !important; filter: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  figure, .claim, tr, h2, h3, h4 { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`
