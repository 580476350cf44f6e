// The box of a grafted film as people's readers have it: a row of RSNA's stage_2_train_labels.csv, or a COCO file of one
// film. Both in pixels of the written film, which has the size of the one that was grafted into. Used by writeGraft.
import type { GraftPlan } from './prepareGraft.ts'

export type BoxFormat = 'rsna' | 'coco'

export const BOX_ENDINGS: Readonly<Record<BoxFormat, string>> = { rsna: '.csv', coco: '.json' }

export const boxTable = (plan: GraftPlan, name: string, format: BoxFormat): string => {
  const [x0, y0, x1, y1] = plan.box
  const bbox = [x0, y0, x1 - x0, y1 - y0].map((value) => Number(value.toFixed(4)))
  if (format === 'rsna') return `patientId,x,y,width,height,Target\n${[name, ...bbox, 1].join(',')}\n`
  const { film, method, version } = plan
  const table = {
    info: {
      description: `SYNTHETIC: a graft of two films (${method}), of no patient`,
      version: `radiograft ${version}`,
    },
    images: [{ id: 1, file_name: `${name}.png`, width: film.columns, height: film.rows }],
    categories: [{ id: 1, name: 'graft', supercategory: 'synthetic' }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox, area: bbox[2]! * bbox[3]!, iscrowd: 0 }],
  }
  return `${JSON.stringify(table, null, 2)}\n`
}
