// The card of one network: facts first, then training, evaluation, limits, use. Sentences are made of counts that the run
// record holds; nothing is judged here.
import { linkTo } from '../exhibits/linkTo.ts'
import { numberData } from '../exhibits/numberData.ts'
import { rowTag } from '../exhibits/rowTag.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import type { ReportInput, ReportStage } from '../ReportInput.ts'
import type { ReportModel, SeenFilms } from '../ReportModel.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { rowsText } from '../text/rowsText.ts'
import { count, valueText } from '../text/words.ts'
import { cardFact } from './cardFact.ts'
import { digestCode } from './digestCode.ts'
import { modelLimits } from './modelLimits.ts'
import { modelNumbers } from './modelNumbers.ts'
import { modelSettings } from './modelSettings.ts'

export interface ModelPlace {
  readonly id: string
  /** the stage that made it, with its anchor */
  readonly made: { readonly stage: ReportStage; readonly id: string } | undefined
  /** anchors of all cards, by stage */
  readonly cards: ReadonlyMap<string, string>
}

const roles: ReadonlyMap<string, string> = new Map([
  ['training', 'trained on'],
  ['tuning', 'chosen by'],
  ['donor', 'with pixels of'],
])

const parts: ReadonlyMap<string, string> = new Map([['train', 'training']])

const seenText = ({ product, role, part, films, patients, positives }: SeenFilms): Markup => {
  const who = patients === null ? 'of patients who are not known' : `of ${count(patients, 'patient')}`
  const found = positives === null ? undefined : markup`, ${numberData(positives)} with the finding`
  const where = part === '' ? 'of no part of the split' : `${parts.get(part) ?? part} part`
  return markup`<li${part === 'test' ? markup` class="warning"` : undefined}>${product}: ${roles.get(role) ?? role} ${numberData(films)} ${films === 1 ? 'film' : 'films'} ${who}${found} (${where})${
    part === 'test' ? markup`; <strong>what is measured on them says nothing</strong>` : undefined
  }</li>\n`
}

const settingOf = (stage: ReportStage | undefined, name: string): string | undefined => {
  const param = stage?.params.find((one) => one.name === name)
  return param && valueText(param.value)
}

const facts = (model: ReportModel, { made }: ModelPlace): Markup => {
  const { parameters, architecture, seed, runtime, machine } = model
  const stage = made?.stage
  const output = stage?.outputs[model.port]
  const [steps, batch] = [settingOf(stage, 'steps'), settingOf(stage, 'batch')]
  return markup`<dl class="facts">
${architecture === '' ? undefined : cardFact('Architecture', architecture)}${cardFact(
    'Parameters',
    parameters === null ? 'not known' : numberData(parameters),
  )}${output && cardFact('File', markup`${formatBytes(output.bytes)}, ${digestCode(output.digest)}`)}${
    steps === undefined
      ? undefined
      : cardFact('Training', `${steps} steps${batch === undefined ? '' : ` of ${batch} films`}`)
  }${cardFact('Seed', markup`<data value="${seed}">${seed}</data>`)}${cardFact(
    'Computed with',
    runtime === null
      ? 'no tensors'
      : `${runtime.backend}${runtime.version === '' ? '' : ` ${runtime.version}`}, ${runtime.precision}`,
  )}${stage && cardFact('Time', markup`<data value="${stage.seconds}">${formatSeconds(stage.seconds)}</data>`)}${cardFact(
    'Machine',
    `${machine.cpu}, ${count(machine.threads, 'thread')}, ${machine.platform} ${machine.arch}`,
  )}</dl>
`
}

export const modelCard = (input: ReportInput, model: ReportModel, place: ModelPlace): Markup => {
  const { id, made, cards } = place
  const stage = made?.stage
  const curves = model.curves.flatMap((name) => {
    const at = input.figures.findIndex((figure) => figure.name === name)
    return numberLink(input, `figure-${at + 1}`) ?? []
  })
  return markup`<article class="card" id="${id}" aria-labelledby="${id}-name">
<h3 id="${id}-name">${model.stage} ${rowTag(rowsText(stage?.rows ?? []))}</h3>
<p>${stage?.doc} ${made && linkTo(made.id, 'Its stage')}${model.port === '' ? undefined : markup`, output <code>${model.port}</code>`}.</p>
${facts(model, place)}<h4>Training</h4>
<ul class="plain">
${model.seen.length === 0 ? markup`<li>What films it has seen is not recorded.</li>\n` : model.seen.map(seenText)}${
    curves.length === 0
      ? undefined
      : markup`<li>Its training is drawn in ${curves.map((link, i) => markup`${i > 0 ? ', ' : undefined}${link}`)}.</li>\n`
  }</ul>
${stage && modelSettings(stage)}<h4>Evaluation</h4>
${modelNumbers(input, model, cards)}<h4>Known limits</h4>
${modelLimits(input, model, stage)}<h4>Intended use</h4>
<p>Research on the method. <strong>Not for clinical use</strong>: not for diagnosis, triage, or any decision about a patient.</p>
</article>
`
}
