// The viewer's part of the style sheet; in the page only where films are. Colours over a film are the same in light and
// dark: a film is grey on black in both. Sets of boxes differ by letter, outcomes by line and word; colour only repeats it
// (Okabe and Ito's palette, lightened for black).

export const viewerStyle = `
.viewer [hidden], [hidden].viewer { display: none !important; }
.viewer { container-type: inline-size; margin-top: 1rem; background: var(--ground); }
.viewer:fullscreen { overflow: auto; padding: 1rem; }
.viewer fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.viewer legend { padding: 0; color: var(--faint); font-size: .82rem; }
.viewer h3 { margin: 0; min-width: 0; }
.viewer p { margin: 0; }
.viewer bdi { overflow-wrap: anywhere; }
.viewer button, .viewer select, .viewer input[type="search"] { font: inherit; font-size: .9rem; color: var(--ink); background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; padding: .28rem .6rem; min-height: 2rem; max-width: 100%; }
.viewer button { cursor: pointer; background: var(--panel); }
.viewer button:hover { border-color: var(--link); }
.viewer button[aria-disabled="true"] { color: var(--faint); border-style: dashed; cursor: default; }
.viewer input[type="range"] { accent-color: var(--mark); min-width: 0; width: 100%; margin: 0; height: 1.5rem; }
.viewer input[type="checkbox"], .viewer input[type="radio"] { accent-color: var(--mark); width: 1.05rem; height: 1.05rem; margin: 0; flex: none; }
.viewer output { font-variant-numeric: tabular-nums; font-size: .9rem; }
.field { display: grid; gap: .15rem; min-width: 0; font-size: .9rem; }
.field > span { color: var(--faint); font-size: .82rem; }
.field select, .field input[type="search"] { width: 100%; }
.check { display: inline-flex; align-items: center; gap: .4rem; min-height: 1.75rem; font-size: .9rem; line-height: 1.3; min-width: 0; cursor: pointer; }
.slide { grid-template-columns: 4.5rem minmax(0, 1fr) 4rem; align-items: center; gap: .5rem; }
.slide output { text-align: right; }

.filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(7.9rem, 100%), 1fr)); gap: .5rem .8rem; }
.viewer .filters { padding: .8rem 1rem 1rem; background: var(--panel); border-radius: 8px; }
.filters legend { float: left; grid-column: 1 / -1; width: 100%; }
.bench { display: grid; gap: 1rem; margin-top: 1rem; }
.count { font-weight: 600; font-size: .95rem; }
.viewer .count { margin-bottom: .4rem; }
.list { position: relative; height: 15rem; overflow-y: auto; border: 1px solid var(--line); border-radius: 8px; }
.list .row { position: absolute; left: 0; right: 0; height: 68px; display: flex; gap: .6rem; align-items: center; padding: 0 .6rem; border-bottom: 1px solid var(--line); cursor: pointer; font-size: .85rem; line-height: 1.3; }
.list .row:hover { background: var(--panel); }
.list .row[aria-selected="true"] { background: var(--panel); box-shadow: inset 4px 0 0 var(--link); }
.list .thumb { flex: none; width: 52px; height: 52px; object-fit: contain; background: #000; border-radius: 4px; }
.list .words { display: grid; min-width: 0; }
.list .line { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.list .line bdi { overflow-wrap: normal; }
.film-shown { display: grid; gap: .8rem; min-width: 0; align-content: start; }
.film-head { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; }
.film-name { font-size: 1.12rem; }
.viewer .film-name { max-height: 4.2em; overflow-y: auto; }
.steps { display: flex; flex-wrap: wrap; gap: .4rem; margin-left: auto; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.on-paper { display: none; }
.tools { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem 1.6rem; }
.choices .check, .checks .check { margin-right: .9rem; }
.zooms { display: flex; align-items: center; gap: .4rem; }
.zooms output { min-width: 3.4rem; text-align: center; }
.zooms button { min-width: 2.2rem; }

.panes { display: grid; gap: .5rem 1rem; grid-template-columns: minmax(0, 1fr); }
.sight { position: relative; aspect-ratio: 1; max-height: 88vh; overflow: hidden; background: #000; border-radius: 6px; touch-action: none; cursor: crosshair; user-select: none; }
.viewer .sight:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.sight .film { position: absolute; max-width: none; user-select: none; pointer-events: none; }
.sight .marks { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.sight .filter { position: absolute; }
.sight .missing { position: absolute; inset: auto 1rem 50%; color: #fff; text-align: center; }
.sight .tag { position: absolute; left: 0; bottom: 0; max-width: 100%; padding: .1rem .5rem; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; color: #fff; background: rgb(0 0 0 / .65); font-size: .8rem; pointer-events: none; }
.sight .cross { fill: none; stroke: #fff; stroke-width: 1.5; filter: drop-shadow(0 0 1px #000); }
.stacked .sight { width: 100%; max-width: 44rem; justify-self: center; }
.stacking { display: grid; gap: .3rem; width: 100%; max-width: 44rem; justify-self: center; }
.turns { display: flex; gap: .4rem; }
.reading { font-size: .88rem; font-variant-numeric: tabular-nums; min-height: 1.5em; }
.ends-of { font-size: .85rem; color: var(--faint); }
.presets { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .35rem; }
.panes > :nth-child(1) { grid-area: head0; } .panes > :nth-child(2) { grid-area: sight0; } .panes > :nth-child(3) { grid-area: read0; } .panes > :nth-child(4) { grid-area: grey0; }
.panes > :nth-child(5) { grid-area: head1; } .panes > :nth-child(6) { grid-area: sight1; } .panes > :nth-child(7) { grid-area: read1; } .panes > :nth-child(8) { grid-area: grey1; }
.panes > .stacking { grid-area: stack; }
.panes { grid-template-areas: "head0" "sight0" "read0" "grey0" "head1" "sight1" "read1" "grey1" "stack"; }
.panes.stacked { grid-template-areas: "head0" "head1" "sight" "stack" "read0" "grey0" "read1" "grey1"; }
.panes.stacked > .sight { grid-area: sight; }
.panes.stacked > :nth-child(6) .tag { left: auto; right: 0; }
.stacked > :nth-child(2)::after { content: ""; position: absolute; inset: 0 auto 0 calc(var(--wipe) - 2px); width: 2px; background: #fff; opacity: .8; pointer-events: none; }
@container (min-width: 34rem) {
  .panes { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-areas: "head0 head1" "sight0 sight1" "read0 read1" "grey0 grey1" "stack stack"; }
  .panes.stacked { grid-template-areas: "head0 head1" "sight sight" "stack stack" "read0 read1" "grey0 grey1"; }
}
@container (min-width: 56rem) {
  .bench { grid-template-columns: 17.5rem minmax(0, 1fr); gap: 1.4rem; }
  .list { height: 46rem; }
}

.mark { --set: #fff; }
.set-truth { --set: #ffe08a; } .set-0 { --set: #6fc8ff; } .set-1 { --set: #ff9d6c; } .set-2 { --set: #5fe0b5; } .set-3 { --set: #f0a0d0; } .set-4 { --set: #f0e442; } .set-5 { --set: #b9b4ff; }
.mark rect, .mark path { fill: none; }
.mark .halo { stroke: rgb(0 0 0 / .6); stroke-width: 4.5; }
.mark .box { stroke: var(--set); stroke-width: 1.8; }
.line-found .box { stroke-width: 3.4; }
.line-missed .box { stroke-width: 3.4; stroke-dasharray: 12 6; }
.line-false .box { stroke-width: 2; stroke-dasharray: 2 4; }
.line-other .box { stroke-width: 1.6; stroke-dasharray: 10 4 2 4; }
.marks .words text { fill: var(--set); font: 600 12px/1 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; paint-order: stroke; stroke: #000; stroke-width: 3.5px; stroke-linejoin: round; }
.letter { flex: none; display: inline-block; min-width: 1.5rem; padding: 0 .3rem; border-radius: 4px; background: #101418; color: var(--set); text-align: center; font-size: .82rem; line-height: 1.5; }
.box-legend { display: grid; gap: .4rem; }
.viewer .box-legend { padding: .7rem 1rem .9rem; border: 1px solid var(--line); border-radius: 8px; }
.viewer .box-legend legend { padding: 0 .4rem; }
.box-legend ul { list-style: none; margin: 0; padding: 0; }
.box-legend .sets { display: grid; gap: .1rem; }
.box-legend .lines { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .85rem; color: var(--faint); }
.box-legend .lines li { display: inline-flex; align-items: center; gap: .4rem; }
.sample .mark { --set: var(--ink); }
.box-legend .slide { max-width: 26rem; }

.film-tables { display: grid; gap: 1rem; min-width: 0; }
.viewer .facts { margin: 0; padding: .6rem 1rem; }
.film-tables table { min-width: min(100%, 26rem); }
.film-tables caption { text-align: left; font-weight: 600; font-size: .95rem; padding-bottom: .2rem; }
.film-tables th, .film-tables td { white-space: nowrap; }
.film-tables th .letter { font-weight: 600; }
.film-tables bdi { overflow-wrap: normal; display: inline-block; max-width: 24rem; overflow-x: auto; vertical-align: bottom; }
.help dl { display: grid; gap: .3rem; margin: .5rem 0; font-size: .9rem; }
.help dl div { display: grid; grid-template-columns: minmax(0, 9rem) minmax(0, 1fr); gap: .8rem; }
.help dt { color: var(--ink); font-weight: 600; }
#viewer-table bdi { display: inline-block; max-width: 24rem; }

@media print {
  .filters, .films, .tools, .steps, .presets, .slide, .window, .help, .stacking, .reading, .head, .film-head .note, .viewer .check input { display: none !important; }
  .viewer ~ #viewer-table { display: none; }
  .on-paper { display: block; font-size: .9rem; color: var(--faint); flex-basis: 100%; }
  .viewer { container-type: normal; }
  .bench, .panes { display: block; }
  .sight { width: var(--side, 340px); height: var(--side, 340px); break-inside: avoid; print-color-adjust: exact; -webkit-print-color-adjust: exact; margin-bottom: .6rem; }
  .letter { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
