// The ops that `node/kernels` registers, in the form of `opTable`.

export const ownOps: Readonly<Record<string, string>> = {
  RadiograftConvFilterGradient: '#1 #1 | kernel_height! kernel_width! stride! top! left! narrow!',
  RadiograftWinograd: '#1 #1 | pad! turned! narrow!',
  RadiograftWinogradFilterGradient: '#1 #1 | pad! narrow!',
  RadiograftNarrowConvolve: '#1 #1 | stride! top! left! bottom! right!',
  RadiograftNarrowConvolveBack: '#1 #1 | stride! top! left! height! width!',
  RadiograftNorm: '#1 #1 #1 | per_film! groups! eps! slope!',
  RadiograftNormGradient: '#1 #1 #1 #1 #1 #1 #1 | per_film! groups! eps! slope!',
  RadiograftAffine: '#1 #1 #1 | slope!',
  RadiograftAffineGradient: '#1 #1 #1 #1 | slope!',
  RadiograftMirrorPad: '#1 | top! bottom! left! right!',
  RadiograftMirrorPadGradient: '#1 | top! bottom! left! right!',
  RadiograftMaxPool: '#1 | kernel! stride! padding!',
  RadiograftMaxPoolGradient: '#1 #1 | kernel! stride! padding! height! width!',
  RadiograftMaxPoolAt: '#1 #1 | kernel! stride! padding!',
  RadiograftSquaredSum: '#1 |',
  RadiograftAdam: '#1 #1 #1 #1 #1 #1 #1 | beta1! beta2! rest1! rest2! eps! decay!',
}
