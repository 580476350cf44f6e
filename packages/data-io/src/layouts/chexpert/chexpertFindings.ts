// The fourteen columns of findings in CheXpert's tables, in their order. Used by the CheXpert layout.

export const CHEXPERT_FINDINGS: ReadonlyArray<string> = [
  'No Finding',
  'Enlarged Cardiomediastinum',
  'Cardiomegaly',
  'Lung Opacity',
  'Lung Lesion',
  'Edema',
  'Consolidation',
  'Pneumonia',
  'Atelectasis',
  'Pneumothorax',
  'Pleural Effusion',
  'Pleural Other',
  'Fracture',
  'Support Devices',
]
