// Cases: what became of each film that the viewer shows, by arm: the reader filters by class, outcome and error.
import { tableKind } from '../Kind.ts'

export interface CaseRow {
  readonly film: string
  /** the arm judged; empty for a film that no arm was judged on, such as one of the training part */
  readonly arm: string
  /** `train`, `validation`, `test` */
  readonly part: string
  /** the film's class in its data set, such as `Lung Opacity` */
  readonly class: string
  /** 1 where the finding is there, 0 where not */
  readonly target: number
  /** `true positive`, `false positive`, `true negative`, `false negative`; empty for a film not judged */
  readonly outcome: string
  /** the arm's surest score, in [0, 1]; NaN where it found nothing or none was judged */
  readonly score: number
  /** 1 − the film's score by the protocol that `metric` names, 0 best to 1 worst; NaN where it does not count the film */
  readonly error: number
  /** the protocol of `error`, such as `ap-rsna-0.40:0.75`; empty for a film not judged */
  readonly metric: string
}

export const Cases = tableKind<CaseRow>()('cases', {
  layout: 'table',
  columns: {
    film: 'utf8',
    arm: 'utf8',
    part: 'utf8',
    class: 'utf8',
    target: 'int32',
    outcome: 'utf8',
    score: 'float64',
    error: 'float64',
    metric: 'utf8',
  },
  sortBy: ['film', 'arm'],
})
