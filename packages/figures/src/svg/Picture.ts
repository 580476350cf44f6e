// A drawn picture before it becomes a document: plots return one, `pictureGrid` sets several into one document.

/** Size in pixels, words, and the markup of what is drawn in it. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Names the picture, also to a screen reader. */
  readonly title: string
  /** What it shows, in words. */
  readonly description: string
  /** SVG elements, origin at the top left. */
  readonly body: string
}
