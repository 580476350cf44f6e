// Style of the cards, the claims' numbers, the opening's summary and the drawing's links.
export const cardStyle = `
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.exhibit-number { color: var(--faint); font-weight: 600; }
figcaption p { margin: .3rem 0; }
.in-numbers { color: var(--faint); font-size: .92rem; }

.summary { margin: 1rem 0; padding: .2rem 1.1rem .6rem; border-left: 4px solid var(--mark); }
.summary p { margin: .6rem 0; }
.main-numbers .interval { padding-left: .5rem; }
.main-numbers .drawn { padding-left: .8rem; }
.again code { padding: .15rem .4rem; background: var(--panel); border-radius: 4px; }

.cards { display: grid; gap: 1.2rem; grid-template-columns: minmax(0, 1fr); }
.card { padding: .4rem 1.1rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
.card h3 { margin: .8rem 0 .3rem; }
.card h4 { margin: 1rem 0 .2rem; }
.card > p, .card ul { margin: .2rem 0; max-width: 58rem; }
.card .plain { padding-left: 1.1rem; }
.card .plain li { margin: .15rem 0; }
.card details { border: 0; margin: 0; padding: 0; }
.card .exhibit { margin: .8rem 0; }
.warning { color: var(--fails); }
.parts td, .parts tbody th { white-space: nowrap; }
.parts thead th { min-width: 3rem; }

.claims { grid-template-columns: minmax(0, 1fr); }
.claim .scroller { background: none; margin: .3rem 0 .2rem; }
.beside { width: 100%; min-width: 42rem; table-layout: fixed; font-size: .92rem; }
.beside th:first-child { width: 18%; }
.beside th:nth-child(4) { width: 9%; }
.beside .number { padding-left: .8rem; }
.beside .drawn { padding-left: 1rem; width: 16.5rem; }
.beside .ends span { width: 120px; }
.bar .paper { fill: var(--ground); stroke: var(--fails); stroke-width: 2; }
.bar .blind { fill: var(--line); opacity: .6; }
.claim dl { margin-top: .6rem; }

.graph .axis { text-anchor: start; fill: var(--faint); font-size: 10.5px; }
.graph a { text-decoration: none; }
.graph a:hover text:first-of-type { text-decoration: underline; }
.graph .network > a:not(.chip) > rect { stroke: var(--mark); stroke-width: 2.5; }
.graph .metrics > a:not(.chip) > rect { stroke: var(--holds); stroke-width: 2; stroke-dasharray: 7 3; }
.graph .figure > a:not(.chip) > rect { stroke-dasharray: 2 3; }
.graph .chip rect { fill: var(--ground); stroke: var(--link); stroke-width: 1; stroke-dasharray: none; }
.graph a:focus-visible { outline: none; }
.graph a:focus-visible rect { stroke: var(--link); stroke-width: 3.5; stroke-dasharray: none; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: .4rem 0 .8rem; padding: 0; list-style: none; font-size: .88rem; }
.legend li::before { content: ""; display: inline-block; width: 1.6rem; height: .8rem; margin-right: .4rem; border: 2px solid var(--line); border-radius: 3px; vertical-align: -.08rem; }
.legend .network::before { border-color: var(--mark); border-width: 3px; }
.legend .metrics::before { border: 2px dashed var(--holds); }
.legend .figure::before { border-style: dotted; }
@media (max-width: 44rem) {
  .beside { min-width: 0; table-layout: auto; font-size: .85rem; }
  .beside .number { padding-left: .2rem; padding-right: .3rem; }
  .beside .interval { white-space: normal; }
  .beside .drawn { min-width: 0; width: auto; padding-left: .3rem; }
  .beside .bar { width: 110px; }
  .beside .ends { white-space: nowrap; }
  .beside .ends span { width: 55px; }
  .main-numbers { font-size: .82rem; }
  .main-numbers th, .main-numbers td { padding-right: .35rem; }
  .main-numbers .drawn { min-width: 0; padding-left: .2rem; }
  .main-numbers .bar { width: 76px; }
  .card { padding: .2rem .8rem .8rem; }
}
.drawing { position: relative; }
.drawing .start { position: absolute; top: 0; height: 1px; pointer-events: none; scroll-initial-target: nearest; }
@media print { .card { break-inside: avoid; } }
`
