// Figures into a run: as pictures of its charts, and the drawings themselves as artifacts in `figures/`.
import type { MlflowClient } from '../MlflowClient.ts'
import { figureImage, imageName } from './figureImage.ts'
import type { NamedFigure } from './figuresOf.ts'

export interface FiguresToSend {
  readonly client: MlflowClient
  readonly clean: (text: string) => string
  readonly runId: string
  readonly figures: ReadonlyArray<NamedFigure>
  /** their time, milliseconds: the same again is the same picture */
  readonly at: number
}

export const sendFigures = async ({ client, clean, runId, figures, at }: FiguresToSend): Promise<void> => {
  for (const figure of figures) {
    const { mediaType, bytes, title } = figure
    const name = imageName(clean(title ?? figure.name)) || 'figure'
    const isSvg = mediaType === 'image/svg+xml'
    const cleaned = isSvg ? Buffer.from(clean(Buffer.from(bytes).toString('utf8'))) : bytes
    // a drawing that cannot be painted is still an artifact
    const png = await figureImage({ ...figure, bytes: cleaned }).catch(() => undefined)
    if (png) await client.logImage(runId, { key: `figures/${name}`, step: 0, timestamp: at, png })
    await client.putArtifact(
      runId,
      `figures/${imageName(clean(figure.name))}.${isSvg ? 'svg' : 'png'}`,
      cleaned,
      mediaType,
    )
  }
}
