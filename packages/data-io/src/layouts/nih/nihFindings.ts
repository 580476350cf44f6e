// The fourteen findings of NIH ChestX-ray14 as its tables spell them, in alphabetical order. Used by the NIH layout.

export const NIH_FINDINGS: ReadonlyArray<string> = [
  'Atelectasis',
  'Cardiomegaly',
  'Consolidation',
  'Edema',
  'Effusion',
  'Emphysema',
  'Fibrosis',
  'Hernia',
  'Infiltration',
  'Mass',
  'Nodule',
  'Pleural_Thickening',
  'Pneumonia',
  'Pneumothorax',
]

export const NO_FINDING = 'No Finding'
