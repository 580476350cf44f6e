// Two layers in one place: under a slider, or in turn. Who asked their system for less motion turns them by hand.
/// <reference lib="dom" />
import type { Bench } from './Bench.ts'
import { button, element } from './element.ts'
import type { Pane } from './pane.ts'

/** One turn, in milliseconds: slow enough for anyone (WCAG 2.2, 2.3.1 allows three flashes a second). */
const TURN = 800

export const stacked = ({ store }: Bench, panes: readonly [Pane, Pane], grid: HTMLElement): HTMLElement => {
  const [, above] = panes
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const slider = element('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 0.01,
    'aria-label': 'Share of the left layer',
  })
  slider.addEventListener('input', () => store.set({ wipe: Number(slider.value) }))
  const words = element('p', { class: 'note' })
  const turning = button('Pause', () => {
    paused = !paused
    draw()
  })
  const turn = button('Turn', () => {
    over = !over
    draw()
  })
  const box = element('div', { class: 'stacking' }, slider, element('div', { class: 'turns' }, turning, turn), words)
  let over = false
  let paused = false
  let timer: number | undefined

  const draw = (): void => {
    const { mode, wipe, layers } = store.get()
    grid.classList.toggle('stacked', mode !== 'side')
    box.hidden = mode === 'side'
    slider.hidden = mode !== 'wipe'
    turning.parentElement!.hidden = mode !== 'blink'
    turning.hidden = still.matches
    turning.textContent = paused ? 'Go on' : 'Pause'
    slider.value = String(wipe)
    slider.setAttribute('aria-valuetext', `${Math.round(wipe * 100)} % ${layers[0]}`)
    above.sight.style.clipPath = mode === 'wipe' ? `inset(0 0 0 ${wipe * 100}%)` : ''
    grid.style.setProperty('--wipe', mode === 'wipe' ? `${wipe * 100}%` : '-1px')
    // kept in place, so that the focus is
    const away = mode === 'blink' && !over
    above.sight.style.opacity = away ? '0' : ''
    above.sight.style.pointerEvents = away ? 'none' : ''
    words.textContent =
      mode === 'wipe'
        ? `Left of the line ${layers[0]}, right of it ${layers[1]}.`
        : `Now ${over ? layers[1] : layers[0]}.${still.matches ? ' Your system asks for less motion: the layers turn by the button only.' : ''}`
    const turns = mode === 'blink' && !still.matches && !paused
    if (turns) timer ??= setInterval(turnOver, TURN) as unknown as number
    else {
      clearInterval(timer)
      timer = undefined
    }
  }
  const turnOver = (): void => {
    over = !over
    draw()
  }
  still.addEventListener('change', draw)
  store.follow((now, before) => {
    if (now === before || now.mode !== before.mode || now.wipe !== before.wipe || now.layers !== before.layers) draw()
  })
  return box
}
