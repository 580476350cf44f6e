// @radiograft/blend: Nearest neighbour, graft and Poisson blending in float64.
export {}
