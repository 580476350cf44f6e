/** The layouts that phantom films can be written in. Used by `writePhantomFolder.ts`. */
import { chexpertFolder } from './chexpertFolder.ts'
import { classesFolder } from './classesFolder.ts'
import { nihFolder } from './nihFolder.ts'
import type { PhantomLayout } from './PhantomLayout.ts'
import { rsnaFolder } from './rsnaFolder.ts'

/** `rsna-images` is `rsna` with PNG in place of DICOM; all others are folders of images. */
export type PhantomLayoutName = 'rsna' | 'rsna-images' | 'nih' | 'chexpert' | 'classes'

export const PHANTOM_LAYOUTS: Readonly<Record<PhantomLayoutName, PhantomLayout>> = {
  rsna: rsnaFolder('dicom'),
  'rsna-images': rsnaFolder('png'),
  nih: nihFolder,
  chexpert: chexpertFolder,
  classes: classesFolder,
}
