// @radiograft/gan-models: Networks x losses x models: CycleGAN generator, PatchGAN, radio-realistic and abnormal-to-normal GANs.
export {}
