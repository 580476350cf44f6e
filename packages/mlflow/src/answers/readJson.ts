// Turns a 200 into a value, or into an error that names the request. Used by every operation that expects JSON.
import { MlflowUnavailableError, type MlflowRequest } from '../errors.ts'
import { wordsOf } from '../http/refusalOf.ts'
import { fieldsOf, ShapeError, type Fields } from './shape.ts'

const isHtml = (answer: Response, text: string): boolean =>
  (answer.headers.get('content-type') ?? '').includes('html') || text.trimStart().startsWith('<')

const wrong = (request: MlflowRequest, detail: string, cause?: unknown): MlflowUnavailableError =>
  new MlflowUnavailableError(
    request,
    'answer',
    `200, but not what an MLflow server answers: ${detail}. Is there a proxy or a login page before the server?`,
    { status: 200, cause },
  )

export const readJson =
  <A>(read: (fields: Fields) => A) =>
  async (answer: Response, request: MlflowRequest): Promise<A> => {
    const text = await answer.text()
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch (cause) {
      if (isHtml(answer, text)) throw wrong(request, `a page, '${wordsOf(text).slice(0, 100)}'`, cause)
      // a proxy gave up in the middle of it: another try may bring the whole
      throw new MlflowUnavailableError(request, 'connection', 'the answer is no whole JSON', { status: 200, cause })
    }
    try {
      return read(fieldsOf(json, 'the answer'))
    } catch (error) {
      if (error instanceof ShapeError) throw wrong(request, error.message, error)
      throw error
    }
  }

/** For requests that are answered `{}`, or with what is known already. */
export const readDone = readJson(() => undefined)

/** A sent artifact is answered with no body at all, by some servers with `{}`. */
export const readEmpty = async (answer: Response, request: MlflowRequest): Promise<void> => {
  const text = await answer.text()
  if (text === '') return
  if (isHtml(answer, text)) throw wrong(request, `a page, '${wordsOf(text).slice(0, 100)}'`)
}
