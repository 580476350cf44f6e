// The viewer of films: builds itself into the section that the page left for it, from the data in the page. Bundled as text
// into `script.generated.ts` by `testing/bundleViewer.ts`.
/// <reference lib="dom" />
import { NOTE, ROOT, TABLE, VIEWER } from '../ViewerData.ts'
import { firstChoice } from './Choice.ts'
import { element } from './element.ts'
import { filmHead } from './filmHead.ts'
import { filmList } from './filmList.ts'
import { filmTables } from './filmTables.ts'
import { filterBar } from './filterBar.ts'
import { fromFragment, toFragment } from './fragment.ts'
import { listenToPointer } from './gestures.ts'
import { keyHelp, listenToKeys } from './keys.ts'
import { legend } from './legend.ts'
import { makeBench } from './makeBench.ts'
import { makePane } from './pane.ts'
import { readData } from './readData.ts'
import { stacked } from './stacked.ts'
import { tools } from './tools.ts'
import { windowBox } from './windowBox.ts'

/** Milliseconds between a change and the address that tells it: browsers refuse to write it hundreds of times. */
const SETTLED = 250

const help = (): HTMLDetailsElement =>
  element(
    'details',
    { class: 'help', id: 'viewer-keys' },
    element('summary', {}, 'Keys and pointer'),
    element(
      'dl',
      {},
      ...keyHelp.map(([keys, does]) => element('div', {}, element('dt', {}, keys), element('dd', {}, does))),
    ),
  )

const start = (root: HTMLElement): void => {
  const films = readData()
  const { data } = films
  const linked = fromFragment(data, location.hash)
  const bench = makeBench(films, linked ?? firstChoice(data))
  const { store } = bench
  const panes = [makePane(bench, 0), makePane(bench, 1)] as const
  const grid = element('div', { class: 'panes' })
  for (const pane of panes) {
    listenToPointer(bench, pane)
    grid.append(pane.head, pane.sight, pane.reading, windowBox(bench, pane))
  }
  grid.append(stacked(bench, panes, grid))
  const keys = help()
  listenToKeys(root, bench, panes, () => {
    keys.open = !keys.open
  })
  root.classList.add('viewer')
  root.append(
    filterBar(bench),
    element(
      'div',
      { class: 'bench' },
      filmList(bench),
      element(
        'div',
        { class: 'film-shown' },
        filmHead(bench, root),
        tools(bench, panes),
        grid,
        legend(bench),
        filmTables(bench),
        keys,
      ),
    ),
  )

  let waiting: number | undefined
  let written = location.hash
  store.follow((now, before) => {
    if (now === before) return
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      written = toFragment(data, now)
      history.replaceState(null, '', written)
    }, SETTLED) as unknown as number
  })
  const show = (): void => document.getElementById(VIEWER)!.scrollIntoView()
  addEventListener('hashchange', () => {
    // a link was followed: what was about to be written would put the reader's place aside
    clearTimeout(waiting)
    if (location.hash === written) return
    const choice = fromFragment(data, location.hash)
    if (!choice) return
    store.set(choice)
    show()
  })

  document.getElementById(NOTE)!.remove()
  const table = document.getElementById(TABLE) as HTMLDetailsElement
  table.open = false
  root.hidden = false
  if (linked) show()
}

start(document.getElementById(ROOT)!)
