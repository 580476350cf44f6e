// What a compressed stream says of itself in its own header, read before any decoder sees it. Used by decodeStream, which
// holds it against the DICOM header.

export interface StreamFrame {
  readonly rows: number
  readonly columns: number
  /** samples a pixel */
  readonly components: number
  /** bits a sample */
  readonly precision: number
}
