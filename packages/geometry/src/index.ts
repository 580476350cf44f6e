// @radiograft/geometry: Boxes, IoU, affine maps, box masks and pixel ranges on plain typed arrays.
export {}
