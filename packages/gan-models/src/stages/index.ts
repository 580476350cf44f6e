// Stages of @radiograft/gan-models: definitions only, no tensors.
export { fitAbnormalToNormal } from './fitAbnormalToNormal.ts'
export { fitDcgan } from './fitDcgan.ts'
export { fitProgressive } from './fitProgressive.ts'
export { fitRealistic } from './fitRealistic.ts'
export { latentStepSeconds } from './progressivePrices.ts'
export { generate } from './generate.ts'
export { residual } from './residual.ts'
export { sampleFilms } from './sampleFilms.ts'
