/** What a layout of films is, for those who never saw one; another layout goes by its name. */
const layouts: ReadonlyMap<string, string> = new Map([
  ['phantom', 'computed phantoms, of no patient'],
  ['rsna', 'RSNA Pneumonia Detection Challenge'],
  ['nih', 'NIH ChestX-ray14'],
  ['chexpert', 'CheXpert'],
  ['classes', 'a folder of classes of the user’s own'],
  ['layers-model', 'weights of a network that was given, in TF.js’ format'],
])

export const layoutName = (layout: string): string => layouts.get(layout) ?? layout
