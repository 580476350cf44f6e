import { expect, test } from '@jest/globals'
import type { PhantomFilmDescription } from '../cohorts/describeFilm.ts'
import { PHANTOM_LAYOUTS, type PhantomLayoutName } from './phantomLayouts.ts'
import type { RenderedFilm } from '../renderFilm.ts'
import { tabled, type TabledFilm, type TabledFinding } from './tabledFilm.ts'

const film = (
  index: number,
  more: Partial<PhantomFilmDescription>,
  findings: readonly TabledFinding[] = [],
): TabledFilm => ({
  description: {
    index,
    filmId: `phantom-00000${index}`,
    patientId: `phantom-patient-${String(more.patientIndex ?? index).padStart(6, '0')}`,
    patientIndex: index,
    followUp: 0,
    class: 'Normal',
    view: 'PA',
    age: 61,
    sex: 'F',
    theta: [1, 0, 0, 0, 1, 0],
    findings: findings.map(({ type }) => type),
    ...more,
  },
  class: more.class ?? 'Normal',
  size: 512,
  findings,
})

/** Three films: a normal one, two opacities on the patient's second film, and four other findings on an AP film. */
const films = [
  film(0, {}),
  film(1, { class: 'Lung Opacity', patientIndex: 0, followUp: 1, view: 'AP' }, [
    { type: 'opacity', box: [40, 60, 140, 200] },
    { type: 'opacity', box: [300, 61, 401, 190] },
    { type: 'device', box: [10, 20, 400, 300] },
  ]),
  film(2, { class: 'No Lung Opacity / Not Normal', age: 7, sex: 'M', view: 'AP', patientIndex: 11 }, [
    { type: 'pleural', box: [20, 130, 41, 201] },
    { type: 'effusion', box: [300, 250, 450, 400] },
    { type: 'nodule', box: [100, 100, 121, 122] },
    { type: 'fracture', box: [90, 90, 100, 100] },
  ]),
]

const lines = (layout: PhantomLayoutName, table: string, ending = '.png') =>
  PHANTOM_LAYOUTS[layout].tables(films, ending)[table]!.split('\n')

test('rsna: a row a box, as many rows of classes, a map to patients', () => {
  expect(lines('rsna', 'stage_2_train_labels.csv')).toEqual([
    'patientId,x,y,width,height,Target',
    'phantom-000000,,,,,0',
    'phantom-000001,40,60,100,140,1',
    'phantom-000001,300,61,101,129,1',
    'phantom-000002,,,,,0',
    '',
  ])
  expect(lines('rsna', 'stage_2_detailed_class_info.csv')).toEqual([
    'patientId,class',
    'phantom-000000,Normal',
    'phantom-000001,Lung Opacity',
    'phantom-000001,Lung Opacity',
    'phantom-000002,No Lung Opacity / Not Normal',
    '',
  ])
  expect(lines('rsna-images', 'rsna_to_nih.csv')).toEqual([
    'patientId,nihImage,nihPatient,view,sex,age',
    'phantom-000000,00000001_000.png,phantom-patient-000000,PA,F,61',
    'phantom-000001,00000001_001.png,phantom-patient-000000,AP,F,61',
    'phantom-000002,00000012_000.png,phantom-patient-000011,AP,M,7',
    '',
  ])
})

test('nih: labels of its own, boxes of what it boxes in pixels of 1024 x 1024', () => {
  expect(lines('nih', 'Data_Entry_2017.csv')).toEqual([
    'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]',
    '00000001_000.png,No Finding,0,1,61,F,PA,512,512,0.78125,0.78125',
    '00000001_001.png,Pneumonia,1,1,61,F,AP,512,512,0.78125,0.78125',
    '00000012_000.png,Effusion|Nodule|Pleural_Thickening,0,12,7,M,AP,512,512,0.78125,0.78125',
    '',
  ])
  expect(lines('nih', 'BBox_List_2017.csv')).toEqual([
    'Image Index,Finding Label,Bbox [x,y,w,h],,,',
    '00000001_001.png,Pneumonia,80,120,200,280,,,',
    '00000001_001.png,Pneumonia,600,122,202,258,,,',
    '00000012_000.png,Effusion,600,500,300,300,,,',
    '00000012_000.png,Nodule,200,200,42,44,,,',
    '',
  ])
})

test('chexpert: fourteen findings in its order, present or blank', () => {
  expect(lines('chexpert', 'train.csv', '.jpg')).toEqual([
    'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices',
    'CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg,Female,61,Frontal,PA,1.0,,,,,,,,,,,,,',
    'CheXpert-v1.0-small/train/patient00001/study2/view1_frontal.jpg,Female,61,Frontal,AP,,,,1.0,,,,1.0,,,,,,1.0',
    'CheXpert-v1.0-small/train/patient00012/study1/view1_frontal.jpg,Male,7,Frontal,AP,,,,,1.0,,,,,,1.0,1.0,1.0,',
    '',
  ])
})

test('classes: a folder a class, and who is on each film', () => {
  expect(lines('classes', 'groups.csv')).toEqual([
    'file,patient,label',
    'NORMAL/phantom-000000.png,phantom-patient-000000,Normal',
    'PNEUMONIA/phantom-000001.png,phantom-patient-000000,Pneumonia',
    'OTHER/phantom-000002.png,phantom-patient-000011,Other',
    '',
  ])
})

test('every label of NIH and CheXpert that a finding of the phantom has', () => {
  const types = ['opacity', 'infiltrate', 'atelectasis', 'nodule', 'mass', 'effusion'] as const
  const others = ['cardiomegaly', 'edema', 'pneumothorax', 'pleural', 'fracture', 'device'] as const
  const said = [...types, ...others].map((type) => {
    const one = [film(3, {}, [{ type, box: [0, 0, 8, 8] }])]
    const [, entry] = PHANTOM_LAYOUTS.nih.tables(one, '.png')['Data_Entry_2017.csv']!.split('\n')
    const [, box = ''] = PHANTOM_LAYOUTS.nih.tables(one, '.png')['BBox_List_2017.csv']!.split('\n')
    const [header, row] = PHANTOM_LAYOUTS.chexpert.tables(one, '.jpg')['train.csv']!.split('\n')
    const names = header!.split(',')
    const present = row!.split(',').flatMap((cell, i) => (cell === '1.0' ? names[i]! : []))
    return [type, entry!.split(',')[1], box.split(',')[1] ?? '', present.join('|')]
  })
  expect(said).toEqual([
    ['opacity', 'Pneumonia', 'Pneumonia', 'Lung Opacity|Pneumonia'],
    ['infiltrate', 'Infiltration', 'Infiltrate', 'Lung Opacity'],
    ['atelectasis', 'Atelectasis', 'Atelectasis', 'Atelectasis'],
    ['nodule', 'Nodule', 'Nodule', 'Lung Lesion'],
    ['mass', 'Mass', 'Mass', 'Lung Lesion'],
    ['effusion', 'Effusion', 'Effusion', 'Pleural Effusion'],
    ['cardiomegaly', 'Cardiomegaly', 'Cardiomegaly', 'Cardiomegaly'],
    ['edema', 'Edema', '', 'Edema'],
    ['pneumothorax', 'Pneumothorax', 'Pneumothorax', 'Pneumothorax'],
    ['pleural', 'Pleural_Thickening', '', 'Pleural Other'],
    ['fracture', 'No Finding', '', 'Fracture'],
    ['device', 'No Finding', '', 'No Finding|Support Devices'],
  ])
})

test('two opacities with one box are one row; an opacity that lies beside the film is none', () => {
  const box = [8, 8, 16, 16] as const
  const twice = film(4, { class: 'Lung Opacity' }, [
    { type: 'opacity', box },
    { type: 'opacity', box },
  ])
  const rows = PHANTOM_LAYOUTS.rsna.tables([twice], '.dcm')['stage_2_train_labels.csv']!.split('\n')
  expect(rows.slice(1, -1)).toEqual(['phantom-000004,8,8,8,8,1'])

  const shownBy = (findings: readonly TabledFinding[]) =>
    tabled({ ...film(5, { class: 'Lung Opacity' }, findings) } as unknown as RenderedFilm).class
  expect(shownBy([])).toBe('Normal')
  expect(shownBy([{ type: 'device', box }])).toBe('No Lung Opacity / Not Normal')
  expect(shownBy([{ type: 'opacity', box }])).toBe('Lung Opacity')
})
