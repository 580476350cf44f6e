// The server's version, which it tells as plain text, even to those whom its check of host names turns away.
import { MlflowUnavailableError, type MlflowRequest } from '../errors.ts'
import { wordsOf } from '../http/refusalOf.ts'

export const readVersion = async (answer: Response, request: MlflowRequest): Promise<string> => {
  const text = (await answer.text()).trim()
  if (/^\d+\.\d+[\w.+-]*$/.test(text)) return text
  throw new MlflowUnavailableError(
    request,
    'answer',
    `'${wordsOf(text).slice(0, 100)}' is no version: is the address that of an MLflow tracking server?`,
    { status: answer.status },
  )
}
