// Which film is shown, and the way to the next one. Says it to screen readers too.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { caseOf } from './chooseFilms.ts'
import { button, element, isolated } from './element.ts'
import { outcomeWord } from './outcomeWords.ts'

export const filmHead = ({ data, store, passing, step }: Bench, root: HTMLElement): HTMLElement => {
  const name = element('h3', { class: 'film-name' })
  const place = element('span', { class: 'note' })
  const before = button('‹ Previous', () => step(-1))
  const after = button('Next ›', () => step(1))
  const status = element('p', { class: 'unseen', role: 'status' })
  const print = element('p', { class: 'on-paper' })
  const large = button('Full screen', () => {
    void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen())
  })
  document.addEventListener('fullscreenchange', () => {
    large.textContent = document.fullscreenElement ? 'Leave full screen' : 'Full screen'
  })
  store.follow((now, last) => {
    const films = passing()
    const film = data.films[now.film]
    const at = films.indexOf(now.film)
    name.replaceChildren(film ? isolated(film.film) : 'No film')
    place.textContent = at < 0 ? 'not in the list' : `${at + 1} of ${films.length}`
    before.setAttribute('aria-disabled', String(at <= 0))
    after.setAttribute('aria-disabled', String(at < 0 || at === films.length - 1))
    const passed = `${films.length} of ${data.films.length} films pass the filters.`
    print.textContent = `Printed from the viewer: the one film chosen on screen. ${passed}`
    if (now === last || !film) return
    const judged = caseOf(film, now.arm)
    const said = [
      at < 0 ? `Film ${film.film}, not in the list.` : `Film ${at + 1} of ${films.length}: ${film.film}.`,
      film.class === '' ? '' : `Class ${film.class}.`,
      judged ? `${now.arm}: ${outcomeWord(judged.outcome)}.` : '',
      passed,
    ]
    const text = said.filter((part) => part !== '').join(' ')
    if (status.textContent !== text) status.textContent = text
  })
  return element(
    'div',
    { class: 'film-head' },
    name,
    place,
    element('div', { class: 'steps' }, before, after, ...(document.fullscreenEnabled ? [large] : [])),
    status,
    print,
  )
}
