// @radiograft/metrics: Detection, image and statistical metrics with intervals.
export {}
