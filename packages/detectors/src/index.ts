// @radiograft/detectors: RetinaNet with negatives on, residual attention, baselines, non-maximum suppression.
export {}
