// @radiograft/align: Spatial transformer alignment of films and boxes to one reference.
export {}
