// The films that pass, as a list box: only rows in sight exist, so that a list of thousands costs no more than one of
// ten. Up and down choose the film shown.
/// <reference lib="dom" />
import type { FilmData } from '../ViewerData.ts'
import { numberElement } from './numberElement.ts'
import type { Bench } from './Bench.ts'
import { caseOf } from './chooseFilms.ts'
import { element, isolated } from './element.ts'
import { outcomeSign, outcomeWord } from './outcomeWords.ts'

/** Height of a row, as in the style sheet. */
const ROW = 68
/** Rows kept ready above and below. */
const SPARE = 4

export const filmList = ({ data, address, store, passing }: Bench): HTMLElement => {
  const count = element('p', { class: 'count' })
  const rows = element('div', { class: 'rows-all', role: 'presentation' })
  const list = element('div', { class: 'list', role: 'listbox', tabindex: 0, 'aria-label': 'Films' }, rows)
  const none = element('p', { class: 'note', hidden: true }, 'No film passes these filters.')

  const verdict = (film: FilmData, arm: string): HTMLElement => {
    const judged = caseOf(film, arm)
    const outcome = judged?.outcome ?? ''
    const line = element('span', { class: 'line' }, `${outcomeSign(outcome)} `, isolated(outcomeWord(outcome)))
    if (judged && judged.error !== null) line.append(', error ', numberElement(judged.error, 2))
    return line
  }
  const row = (place: number, i: number, of: number): HTMLElement => {
    const film = data.films[i]!
    const [layer] = film.layers
    const now = store.get()
    const chosen = i === now.film
    const made = element(
      'div',
      {
        role: 'option',
        id: `viewer-row-${place}`,
        class: 'row',
        style: `top:${place * ROW}px`,
        'aria-selected': String(chosen),
        'aria-posinset': place + 1,
        'aria-setsize': of,
      },
      layer ? element('img', { src: address(layer), alt: '', class: 'thumb' }) : element('span', { class: 'thumb' }),
      element(
        'span',
        { class: 'words' },
        element('b', { class: 'line', title: film.film }, isolated(film.film)),
        element('span', { class: 'line' }, isolated(film.class === '' ? 'no class given' : film.class)),
        verdict(film, now.arm),
      ),
    )
    made.addEventListener('click', () => store.set({ film: i }))
    return made
  }

  let drawn = ''
  const draw = (): void => {
    const films = passing()
    const now = store.get()
    const from = Math.max(Math.floor(list.scrollTop / ROW) - SPARE, 0)
    const to = Math.min(Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE, films.length)
    const chosen = films.indexOf(now.film)
    const key = [from, to, now.film, now.arm, films.slice(from, to).join(' '), films.length].join('/')
    if (key === drawn) return
    drawn = key
    rows.style.height = `${films.length * ROW}px`
    // the chosen row exists even out of sight: the list box names it as its active one
    const places = new Set([...Array(Math.max(to - from, 0)).keys()].map((i) => from + i))
    if (chosen >= 0) places.add(chosen)
    rows.replaceChildren(
      ...[...places].toSorted((a, b) => a - b).map((place) => row(place, films[place]!, films.length)),
    )
    if (chosen >= 0) list.setAttribute('aria-activedescendant', `viewer-row-${chosen}`)
    else list.removeAttribute('aria-activedescendant')
  }
  const reveal = (): void => {
    const top = passing().indexOf(store.get().film) * ROW
    if (top < 0) return
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight
  }

  list.addEventListener('scroll', draw, { passive: true })
  list.addEventListener('keydown', (event) => {
    const films = passing()
    const at = films.indexOf(store.get().film)
    const page = Math.max(Math.floor(list.clientHeight / ROW) - 1, 1)
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: films.length - 1,
    }
    if (!Object.hasOwn(to, event.key) || films.length === 0) return
    event.preventDefault()
    store.set({ film: films[Math.min(Math.max(to[event.key]!, 0), films.length - 1)]! })
  })
  new ResizeObserver(() => {
    reveal()
    draw()
  }).observe(list)
  store.follow((now, before) => {
    const films = passing()
    count.textContent = `${films.length} of ${data.films.length} films`
    list.hidden = films.length === 0
    none.hidden = films.length > 0
    rows.style.height = `${films.length * ROW}px`
    if (now.film !== before.film || now.sort !== before.sort || now === before) reveal()
    draw()
  })
  return element('div', { class: 'films' }, count, list, none)
}
