// The greys of a picture, for the value under the pointer and the automatic window. Pictures in the page can be read.
// Those beside it only where the page comes from a server: from a file, browsers show them and let no script read them.
// Window and level do not need it (`pane.ts`).
/// <reference lib="dom" />

/** @returns greys 0 to 255, row-major, or undefined where the browser refuses */
export const readPixels = (image: HTMLImageElement): Uint8Array | undefined => {
  const { naturalWidth: width, naturalHeight: height } = image
  if (width === 0 || height === 0) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(image, 0, 0)
  try {
    const { data } = context.getImageData(0, 0, width, height)
    return Uint8Array.from({ length: width * height }, (_, i) => data[4 * i]!)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return undefined
    throw error
  }
}
