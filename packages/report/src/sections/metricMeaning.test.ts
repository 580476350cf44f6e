import { expect, test } from '@jest/globals'
import { metricMeaning } from './metricMeaning.ts'

test('names in plain words', () => {
  expect(metricMeaning('ap-rsna-0.40:0.75')).toBe(
    'average precision of the RSNA challenge, mean over overlaps (IoU) of 0.40 to 0.75; higher is better',
  )
  expect(metricMeaning('ap-rsna-0.50-positives')).toBe(
    'average precision of the RSNA challenge at an overlap (IoU) of 0.50; higher is better; films with findings only',
  )
  expect(metricMeaning('ap-rsna-0.40:0.60-noFN-skip')).toMatch(/missed findings not counted; films .* left out$/)
  expect(metricMeaning('psnr-to-twin-in-boxes-copying')).toMatch(/^likeness of the untouched film/)
  expect(metricMeaning('residual-energy-ratio-lesion')).toMatch(/^residual energy inside lesion over outside/)
  expect(metricMeaning('identity-mae-normals')).toContain('on a grey range of 0 to 1')
  expect(metricMeaning('something-else')).toBe('')
})

test('each stands by itself: a table may hold one without the others', () => {
  for (const how of ['none', 'paste', 'poisson', 'delta'])
    expect(metricMeaning(`psnr-${how}`)).toMatch(/^likeness of the film to the truth inside the boxes when /)
})
