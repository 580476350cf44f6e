// `radiograft data`: a folder checked, described, decoded once, and shown. Everything is loaded only when it is called,
// because a run without that question loads this package's commands too.
import type { Layout } from '../folder/FilmFolder.ts'
import type { FolderProblem } from '../folder/FolderError.ts'
import type { DescriptionSection } from '../describe/descriptionSections.ts'
import type { FolderDescription, PixelFacts } from '../describe/FolderDescription.ts'
import type { FolderWarning } from '../describe/folderWarnings.ts'

export interface DescribeDataOptions {
  /** told by the names in the folder when undefined */
  readonly layout?: Layout
  readonly finding?: string
  readonly laterals?: 'refuse' | 'drop'
  readonly skipBad?: boolean
  /** false: tables and headers only. @default true */
  readonly pixels?: boolean
  /** Threads that decode. @default 2 */
  readonly workers?: number
  /** A patient's name for the record and the sheet, in place of the id. */
  readonly pseudonym: (patient: string) => string
  /** films decoded, of all: first when the folder has been checked, then after each film */
  readonly onProgress?: (done: number, films: number) => void
  readonly signal?: AbortSignal
}

export interface DescribedData {
  /** for data.json */
  readonly record: FolderDescription & {
    readonly pixels: PixelFacts | null
    readonly warnings: ReadonlyArray<FolderWarning>
  }
  readonly sections: ReadonlyArray<DescriptionSection>
  readonly warnings: ReadonlyArray<FolderWarning>
  /** a PNG file; undefined without pixels */
  readonly sheet: Uint8Array | undefined
}

/** Side of the films that are compared: enough for thumbnails of 32, and equal only where films are. */
const COMPARED = 64

/**
 * @throws FolderError with every problem of the folder
 * @throws the signal's reason once it is aborted
 */
export const describeData = async (folder: string, options: DescribeDataOptions): Promise<DescribedData> => {
  const {
    layout,
    finding,
    laterals = 'refuse',
    skipBad = false,
    pixels = true,
    pseudonym,
    onProgress,
    signal,
  } = options
  const { checkFolder } = await import('../folder/checkFolder.ts')
  const { describeFolder } = await import('../describe/describeFolder.ts')
  const { descriptionSections } = await import('../describe/descriptionSections.ts')
  const { folderWarnings } = await import('../describe/folderWarnings.ts')
  const checked = await checkFolder(folder, layout, { laterals, skipBad, ...(finding !== undefined && { finding }) })
  signal?.throwIfAborted()
  const description = describeFolder(checked)
  const told = (facts: PixelFacts | undefined, sheet: Uint8Array | undefined): DescribedData => {
    const warnings = folderWarnings(description, facts)
    return {
      record: { ...description, pixels: facts ?? null, warnings },
      sections: descriptionSections(description, facts),
      warnings,
      sheet,
    }
  }
  if (!pixels) return told(undefined, undefined)

  const { describePixels } = await import('../describe/describePixels.ts')
  const { sameFiles } = await import('../describe/sameFiles.ts')
  const { streamFilms } = await import('../folder/streamFilms.ts')
  const gatherer = describePixels(COMPARED)
  const damaged: FolderProblem[] = []
  let done = 0
  onProgress?.(0, checked.films.length)
  const films = streamFilms(checked, {
    size: COMPARED,
    workers: options.workers ?? 2,
    ...(signal && { signal }),
    ...(skipBad && { onBad: (problem) => damaged.push(problem) }),
  })
  for await (const { film, pixels: prepared, preparation } of films) {
    gatherer.add(film, prepared, preparation)
    onProgress?.(++done, checked.films.length)
  }
  const facts = gatherer.facts(await sameFiles(checked.films), damaged, pseudonym)
  signal?.throwIfAborted()

  const { contactSheet } = await import('../describe/sheet/contactSheet.ts')
  const { encodePng } = await import('@radiograft/figures')
  return told(facts, encodePng(await contactSheet(checked, description, facts)))
}
